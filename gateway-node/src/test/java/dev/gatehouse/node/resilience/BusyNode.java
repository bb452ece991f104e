package dev.gatehouse.node.resilience;

import dev.gatehouse.db.resilience.Priority;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** A node of one core that does one thing after the other, by a hand-moved clock: requests, refusals, probes. */
final class BusyNode {

    private static final int PROBE_MILLIS = 20;
    private static final int STEP_MILLIS = 100;

    private final double perMilli;
    private final double refusal;
    private final Deque<Arrival> queue = new ArrayDeque<>();
    private final Overload overload = new Overload(Duration.ofMillis(50), new Random(20261128), queue::size);
    private long now;
    private double work;
    private double due;
    private boolean probing;
    private long sent;
    private long took;
    /** In milliseconds, of those that were let in. */
    private final List<Long> waits = new ArrayList<>();

    private int refused;
    private boolean again;

    private record Arrival(long at, boolean probe) {}

    /**
     * @param perMilli how many requests it can do in a millisecond
     * @param refusal what it costs to refuse one, as a share of that
     */
    BusyNode(double perMilli, double refusal) {
        this.perMilli = perMilli;
        this.refusal = refusal;
    }

    /** So many at once. */
    void burst(int requests) {
        for (int i = 0; i < requests; i++) {
            queue.add(new Arrival(now, false));
        }
    }

    /** Whoever is answered asks again at once. */
    void askAgain() {
        again = true;
    }

    /** Nothing runs, as while a collector does. */
    void pause(long millis) {
        work -= perMilli * millis;
    }

    /** So many a millisecond, whatever becomes of those before. */
    void offer(double requests, long millis) {
        for (long end = now + millis; now < end; now++) {
            due += requests;
            for (; due >= 1; due--) {
                queue.add(new Arrival(now, false));
            }
            work();
            watch();
        }
    }

    private void work() {
        work = Math.min(work + perMilli, perMilli);
        while (work > 0 && !queue.isEmpty()) {
            var first = queue.remove();
            if (first.probe()) {
                probing = false;
                took = now - first.at();
            } else if (overload.admits(Priority.NORMAL, Optional::empty)) {
                work--;
                waits.add(now - first.at());
            } else {
                work -= refusal;
                refused++;
            }
            if (again && !first.probe()) {
                queue.add(new Arrival(now, false));
            }
        }
    }

    private void watch() {
        long nanos = TimeUnit.MILLISECONDS.toNanos(now);
        if (now % PROBE_MILLIS == 0) {
            if (probing) {
                overload.queue().waits(TimeUnit.MILLISECONDS.toNanos(now - sent));
            } else {
                overload.queue().came(TimeUnit.MILLISECONDS.toNanos(took), nanos);
                queue.add(new Arrival(now, true));
                probing = true;
                sent = now;
            }
        }
        if (now % STEP_MILLIS == 0) {
            overload.step(nanos, 0);
        }
    }

    /** From here on it is counted. */
    void count() {
        waits.clear();
        refused = 0;
    }

    int refused() {
        return refused;
    }

    int admitted() {
        return waits.size();
    }

    /** In milliseconds. */
    long waited(int percent) {
        Collections.sort(waits);
        return waits.get((int) ((long) waits.size() * percent / 100));
    }
}
