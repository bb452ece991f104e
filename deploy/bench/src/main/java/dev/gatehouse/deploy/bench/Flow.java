package dev.gatehouse.deploy.bench;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/** Requests of one kind, and what became of them. */
final class Flow {

    private static final double SECOND = TimeUnit.SECONDS.toNanos(1);

    private final byte[] request;
    private final double rate;
    private final Latencies good = new Latencies();
    private final Latencies refused = new Latencies();
    private final List<long[]> seconds = new ArrayList<>();
    /** When those were due that no connection was free for. */
    private final Deque<Long> late = new ArrayDeque<>();

    private final Map<Integer, Long> statuses = new TreeMap<>();
    private long planned;
    private long refusals;
    private long failures;
    private long broken;
    private int underWay;

    private Flow(String path, String fields, double rate) {
        request =
                ("GET " + path + " HTTP/1.1\r\nHost: bench\r\n" + fields + "\r\n").getBytes(StandardCharsets.US_ASCII);
        this.rate = rate;
    }

    /**
     * By schedule, whatever becomes of those before: an open loop.
     *
     * @param fields whole lines
     */
    static Flow open(String path, String fields, double perSecond) {
        return new Flow(path, fields, perSecond);
    }

    /** Whenever a connection is free: a closed loop. */
    static Flow closed(String path, String fields) {
        return new Flow(path, fields, 0);
    }

    byte[] request() {
        return request;
    }

    /** Notes what is due until now. */
    void plan(long begin, long now) {
        for (; rate > 0 && planned < (now - begin) / SECOND * rate; planned++) {
            late.add(due(begin, planned));
        }
    }

    private long due(long begin, long number) {
        return begin + (long) (number / rate * SECOND);
    }

    /** When the next one is due by the schedule; {@link Long#MAX_VALUE} where there is none. */
    long dueAfter(long begin, long now) {
        if (rate == 0) {
            return Long.MAX_VALUE;
        }
        long number = (long) ((now - begin) / SECOND * rate) + 1;
        return Math.max(now + 1, due(begin, number));
    }

    /** A second, by the schedule; 0 where there is none. */
    double rate() {
        return rate;
    }

    boolean waits() {
        return rate == 0 || !late.isEmpty();
    }

    /** @return since when the request was due that is sent now */
    long next(long now) {
        underWay++;
        return rate == 0 ? now : late.remove();
    }

    /** Nothing more is sent. */
    void stop() {
        failures += late.size();
        late.clear();
    }

    void answered(int status, long begin, long due, long now) {
        underWay--;
        int second = (int) ((now - begin) / SECOND);
        while (seconds.size() <= second) {
            seconds.add(new long[2]);
        }
        if (status < 400) {
            good.add(now - due);
            seconds.get(second)[0]++;
            return;
        }
        statuses.merge(status, 1L, Long::sum);
        if (status == 503) {
            refused.add(now - due);
            refusals++;
            seconds.get(second)[1]++;
        } else {
            failures++;
        }
    }

    /** How many answers of 400 and above there were, by their status. */
    Map<Integer, Long> statuses() {
        return statuses;
    }

    /** Without a whole answer. */
    void broken() {
        underWay--;
        broken++;
    }

    int underWay() {
        return underWay;
    }

    /** In each second. */
    List<Long> good() {
        return seconds.stream().map(second -> second[0]).toList();
    }

    /** In each second. */
    List<Long> refused() {
        return seconds.stream().map(second -> second[1]).toList();
    }

    long goodInAll() {
        return good().stream().flatMapToLong(LongStream::of).sum();
    }

    long refusals() {
        return refusals;
    }

    /** Answers of 400 and above but 503, and requests that could not be sent. */
    long failures() {
        return failures;
    }

    long cut() {
        return broken;
    }

    long sent() {
        return goodInAll() + refusals + failures + broken;
    }

    /** Since they were due, of those answered with less than 400. */
    Latencies latencies() {
        return good;
    }

    /** Of those answered with 503. */
    Latencies refusalLatencies() {
        return refused;
    }
}
