package dev.gatehouse.node.backend.balance;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How long an endpoint has taken lately: an average that forgets within seconds, but follows a peak at once. What is not
 * asked is slowly forgiven. One word, changed without a lock.
 */
final class PeakEwma {

    private static final double DECAY_MILLIS = 10_000;

    /** What a failure counts as, however fast it was: else the one that fails first would get all requests. */
    private static final long FAILED_NANOS = 1_000_000_000L;

    /** Of one that is busy and has not answered yet: worse than any that has. */
    private static final double UNKNOWN = 60e9;

    private static final long MASK = 0xffff_ffffL;

    /** Nanoseconds as a float, then the millisecond of it as an int. */
    private final AtomicLong state = new AtomicLong();

    void answered(int status, long elapsed, long now) {
        add(status >= 500 ? Math.max(elapsed, FAILED_NANOS) : elapsed, now);
    }

    void failed(long elapsed, long now) {
        add(Math.max(elapsed, FAILED_NANOS), now);
    }

    /** What one more request there may take, with those that run. */
    double cost(int running, long now) {
        long known = state.get();
        if (known == 0) {
            return running == 0 ? 0 : UNKNOWN + running;
        }
        return average(known) * kept(known, millis(now)) * (running + 1);
    }

    private void add(long sample, long now) {
        int at = millis(now);
        long before;
        long after;
        do {
            before = state.get();
            double average = average(before);
            if (before == 0 || sample > average) {
                average = sample;
            } else {
                double kept = kept(before, at);
                average = average * kept + sample * (1 - kept);
            }
            after = (long) Float.floatToIntBits((float) average) << 32 | (at & MASK);
        } while (!state.compareAndSet(before, after));
    }

    private static double average(long state) {
        return Float.intBitsToFloat((int) (state >>> 32));
    }

    /** The part that is left of it; a clock that reads differently to two threads makes it no more than all. */
    private static double kept(long state, int at) {
        return Math.exp(-Math.max(0, at - (int) state) / DECAY_MILLIS);
    }

    private static int millis(long now) {
        return (int) (now / 1_000_000);
    }
}
