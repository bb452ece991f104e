package dev.gatehouse.node.resilience;

import dev.gatehouse.db.resilience.Adaptive;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntConsumer;

/**
 * How many requests may run at once, from how much slower answers are than without load. The gradient is that of Netflix'
 * concurrency-limits (Gradient2Limit) and of Envoy's adaptive concurrency filter: the new limit is the old one times
 * (tolerated latency / latency), between a half and one, plus the root of it, which is what may queue at the service. As
 * in Envoy, and unlike Gradient2, latency without load does not creep upward under load that lasts: it is the lowest of
 * the last minute, and then measured anew at half the limit. What fails at once is no proof of speed: it makes no latency
 * the lowest. Times come with the samples.
 */
final class AdaptiveLimit {

    private static final int FIRST = 20;
    private static final int LEAST_SAMPLES = 10;
    private static final long WINDOW = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long KNOWN = TimeUnit.MINUTES.toNanos(1);
    private static final double AFTER_FAILURE = 0.9;
    private static final int SERVER_ERROR = 500;

    private final Adaptive settings;
    private final IntConsumer bulkhead;
    private final int most;
    private double limit;
    private double beforeProbe;
    private Probe probe = Probe.NONE;
    private volatile double baseline;
    private long baselineAt;
    private final LongAdder sum = new LongAdder();
    private final LongAdder samples = new LongAdder();
    /** Calls that say nothing of how long an answer takes. */
    private final LongAdder others = new LongAdder();

    private volatile long windowSince;
    private volatile int busiest;
    private volatile boolean failed;

    private enum Probe {
        NONE,
        /** What was sent before the limit was lowered still answers. */
        DRAINING,
        MEASURING
    }

    /** @param bulkhead takes each new limit */
    AdaptiveLimit(Adaptive settings, int most, long now, IntConsumer bulkhead) {
        this.settings = settings;
        this.bulkhead = bulkhead;
        this.most = (int) Math.max(settings.least(), Math.min(most, settings.most()));
        windowSince = now;
        baselineAt = now;
        limit = Math.clamp(FIRST, settings.least(), this.most);
        bulkhead.accept((int) limit);
    }

    /**
     * A call has ended.
     *
     * @param nanos until its answer began
     * @param running how many ran beside it, itself included
     * @param status of its answer; 0 where none came
     */
    void sample(long nanos, int running, int status, long now) {
        long usual = (long) baseline;
        if (status == 0 || (status >= SERVER_ERROR && usual == 0)) {
            others.increment();
        } else {
            samples.increment();
            sum.add(status < SERVER_ERROR ? nanos : Math.max(nanos, usual));
        }
        if (running > busiest) {
            // of two at once, one may be missed
            busiest = running;
        }
        if (status == 0) {
            failed = true;
        }
        if (over(now)) {
            close(now);
        }
    }

    private boolean over(long now) {
        return now - windowSince >= WINDOW && samples.sum() + others.sum() >= LEAST_SAMPLES;
    }

    /** What is told meanwhile belongs to the next window; its time and its number may fall apart by one. */
    private synchronized void close(long now) {
        // whoever came first may have left nothing
        if (over(now)) {
            long answers = samples.sumThenReset();
            long nanos = sum.sumThenReset();
            others.reset();
            if (answers > 0) {
                next((double) nanos / answers, now);
            } else if (failed && probe == Probe.NONE) {
                change(limit * AFTER_FAILURE);
            }
            windowSince = now;
            busiest = 0;
            failed = false;
        }
    }

    private void next(double latency, long now) {
        switch (probe) {
            case DRAINING -> probe = Probe.MEASURING;
            case MEASURING -> {
                probe = Probe.NONE;
                known(latency, now);
                change(beforeProbe);
            }
            case NONE -> {
                if (baseline == 0 || latency <= baseline) {
                    known(latency, now);
                }
                if (now - baselineAt >= KNOWN) {
                    beforeProbe = limit;
                    probe = Probe.DRAINING;
                    change(limit / 2);
                } else {
                    adapt(latency);
                }
            }
        }
    }

    private void known(double latency, long now) {
        baseline = latency;
        baselineAt = now;
    }

    private void adapt(double latency) {
        double gradient = Math.clamp(baseline * settings.tolerance() / 100 / latency, 0.5, 1);
        if (failed) {
            change(limit * AFTER_FAILURE);
        } else if (gradient < 1 || busiest * 2 >= limit) {
            // what is hardly used says nothing of what more would do
            change(limit * gradient + Math.sqrt(limit));
        }
    }

    private void change(double to) {
        limit = Math.clamp(to, (double) settings.least(), (double) most);
        bulkhead.accept((int) limit);
    }
}
