package dev.gatehouse.node.limit;

import dev.gatehouse.db.live.LimitCounter;
import java.util.concurrent.TimeUnit;

/** How full one bucket is, as {@code limits.lua} reckons: GCRA, in 1/1024 us of the time it takes to drain. */
final class BucketLevel {

    private static final long SCALE = 1024;

    /** For so long it admits nothing at most, however much was charged afterwards. */
    private static final long DEBT = TimeUnit.DAYS.toMicros(1) * SCALE;

    /** More than any bucket holds, and little enough to be added up. */
    private static final long MOST = Long.MAX_VALUE / 8;

    private long level;

    /** Before any clock, and near enough to be reckoned with. */
    private long at = Long.MIN_VALUE / (4 * SCALE);

    private boolean untold;

    /** When Redis said it last; what was put in before may not be in there. */
    private long heardAt = Long.MIN_VALUE;

    /** Each request weighs as much as there are nodes that share the bucket. */
    Remembered.Room decide(LimitCounter counter, long cost, Share share, long now) {
        var room = look(counter, cost, share, now);
        if (!room.admits()) {
            return room;
        }
        raise(counter, cost * share.nodes(), now);
        return look(counter, share, 0);
    }

    /** The same, and counts nothing. */
    Remembered.Room look(LimitCounter counter, long cost, Share share, long now) {
        drain(now);
        long price = price(counter, cost * share.nodes());
        long full = price(counter, counter.burst() + share.spare());
        boolean dear = price > full;
        long excess = dear ? level : level + price - full;
        if (excess <= 0 && (!dear || share.reaches(counter.burst(), cost))) {
            return look(counter, share, 0);
        }
        // what can never be admitted is told to come again after a span
        return look(
                counter,
                share,
                Math.max(
                        1,
                        excess > 0
                                ? Math.ceilDiv(excess, SCALE * 1_000)
                                : counter.span().toMillis()));
    }

    private Remembered.Room look(LimitCounter counter, Share share, long wait) {
        long full = price(counter, counter.burst() + share.spare());
        return new Remembered.Room(left(counter, full, share.nodes()), Math.ceilDiv(level, SCALE * 1_000), wait);
    }

    private long left(LimitCounter counter, long full, int nodes) {
        double each = (double) counter.span().toMillis() * 1_000 * SCALE / counter.requests();
        return Math.max(0, (long) ((full - level) / each)) / nodes;
    }

    void raise(LimitCounter counter, long cost, long now) {
        drain(now);
        level = Math.min(level + price(counter, cost), Math.max(level, price(counter, counter.burst()) + DEBT));
        untold = true;
    }

    /**
     * Without it the bucket may have been empty since, and have drained no more: so much less of it is in there at most.
     *
     * @param taken when it was put in
     */
    void lower(LimitCounter counter, long cost, Counted taken, long now) {
        drain(now);
        long still = price(counter, cost * taken.share().nodes()) - Math.max(0, now - taken.at()) * SCALE;
        if (still > 0 && taken.at() > heardAt) {
            level = Math.max(0, level - still);
        }
    }

    /** As Redis said: microseconds until it is empty. */
    void set(LimitCounter counter, long micros, long now) {
        level = Math.min(MOST / SCALE, micros) * SCALE;
        at = now;
        heardAt = now;
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
        // who read the clock before another one does not turn it back
        if (now > at) {
            level = Math.max(0, level - (now - at) * SCALE);
            at = now;
        }
    }

    private static long price(LimitCounter counter, long permits) {
        return Math.min(MOST, (long)
                Math.ceil((double) permits * counter.span().toMillis() * 1_000 * SCALE / counter.requests()));
    }
}
