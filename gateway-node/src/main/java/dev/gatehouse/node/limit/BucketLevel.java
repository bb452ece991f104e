package dev.gatehouse.node.limit;

import dev.gatehouse.db.live.LimitCounter;

/** How full one bucket is, as {@code limits.lua} reckons: GCRA, in 1/1024 us of the time it takes to drain. */
final class BucketLevel {

    private static final long SCALE = 1024;

    private long level;
    private long at;
    private boolean untold;

    /** Each request weighs as much as there are nodes that share the bucket. */
    Remembered.Room decide(LimitCounter counter, long cost, Share share, long now) {
        drain(now);
        long price = price(counter, cost * share.nodes());
        long full = price(counter, counter.burst() + share.spare());
        boolean dear = price > full;
        long excess = dear ? level : level + price - full;
        if (excess > 0 || (dear && !share.reaches(counter.burst(), cost))) {
            // what can never be admitted is told to come again after a span
            long wait = excess > 0
                    ? Math.ceilDiv(excess, SCALE * 1_000)
                    : counter.span().toMillis();
            return new Remembered.Room(left(counter, full, share.nodes()), 0, Math.max(1, wait));
        }
        level += price;
        untold = true;
        return new Remembered.Room(left(counter, full, share.nodes()), Math.ceilDiv(level, SCALE * 1_000), 0);
    }

    private long left(LimitCounter counter, long full, int nodes) {
        double each = (double) counter.span().toMillis() * 1_000 * SCALE / counter.requests();
        return Math.max(0, (long) ((full - level) / each)) / nodes;
    }

    void raise(LimitCounter counter, long cost, long now) {
        drain(now);
        level += price(counter, cost);
        untold = true;
    }

    void lower(LimitCounter counter, long cost) {
        level = Math.max(0, level - price(counter, cost));
    }

    /** As Redis said: microseconds until it is empty. */
    void set(LimitCounter counter, long micros, long now) {
        level = micros * SCALE;
        at = now;
        untold = false;
    }

    /** Microseconds until it is empty. */
    long at(LimitCounter counter, long now) {
        drain(now);
        return Math.ceilDiv(level, SCALE);
    }

    boolean untold() {
        return untold;
    }

    void told() {
        untold = false;
    }

    private void drain(long now) {
        level = Math.max(0, level - Math.max(0, now - at) * SCALE);
        at = now;
    }

    private static long price(LimitCounter counter, long permits) {
        return (long) Math.ceil((double) permits * counter.span().toMillis() * 1_000 * SCALE / counter.requests());
    }
}
