package dev.gatehouse.node.limit;

import dev.gatehouse.db.live.LimitCounter;
import java.util.ArrayList;
import java.util.List;

/**
 * What this node knows of one counter without asking: what it was granted, what it admitted alone, and what was used
 * beside it when Redis last said so. By it the node decides while Redis is away, and from it a Redis that lost its counts
 * gets them again. Alone it admits its share: each request weighs as much as there are nodes. Times are those of the
 * node's own clock that only runs forward, in microseconds.
 */
final class Remembered {

    private static final int BUCKETS = 60;
    private static final long MILLI = 1_000;

    private final Dated granted = new Dated();
    private final Dated alone = new Dated();
    private final Dated untold = new Dated();
    private final Dated telling = new Dated();
    private long others;
    private long othersUntil;
    private final BucketLevel level = new BucketLevel();

    /** What can be said of a demand. */
    record Room(long left, long reset, long next) {

        boolean admits() {
            return next == 0;
        }
    }

    /**
     * Counts a request where there is room.
     *
     * @param taken now, if there is
     * @param shared whether Redis counts it as well
     */
    synchronized Room decide(LimitCounter counter, long cost, Counted taken, boolean shared) {
        long now = taken.at();
        if (counter.bucket()) {
            return level.decide(counter, cost, taken.share(), now);
        }
        var room = look(counter, cost, taken.share(), now);
        if (!room.admits()) {
            return room;
        }
        long moment = moment(counter, now);
        alone.add(moment, cost);
        if (!shared) {
            untold.add(moment, cost);
        }
        return new Room(Math.max(0, room.left - cost), reset(counter, now), 0);
    }

    /**
     * The same, and counts nothing.
     *
     * @param share of this node in what is left
     */
    synchronized Room look(LimitCounter counter, long cost, Share share, long now) {
        if (counter.bucket()) {
            return level.look(counter, cost, share, now);
        }
        forget(counter, now);
        long used = granted.sum() + others;
        long own = alone.sum();
        long mine = share.of(counter.requests() - used);
        if (own + cost > mine && !(own == 0 && share.reaches(counter.requests() - used, cost))) {
            return new Room(
                    Math.max(0, mine - own), 0, wait(counter, excess(counter, cost, share), share.nodes(), now));
        }
        return new Room(Math.max(0, mine - own), reset(counter, now), 0);
    }

    private long reset(LimitCounter counter, long now) {
        return alone.size() + granted.size() > 0 ? millis(oldest() + span(counter) - now) : 0;
    }

    /** What {@link #decide} counted was not admitted after all. */
    synchronized void undo(LimitCounter counter, long cost, Counted taken, long now, boolean shared) {
        if (counter.bucket()) {
            level.lower(counter, cost, taken, now);
            return;
        }
        // where it was counted, and nowhere else: what is left must not leave before its time
        long moment = moment(counter, taken.at());
        alone.remove(moment, cost);
        if (!shared) {
            untold.remove(moment, cost);
        }
    }

    /** What was counted as told was not: Redis did not answer. */
    synchronized void failed(LimitCounter counter, long cost, long now) {
        if (!counter.bucket()) {
            untold.add(moment(counter, now), cost);
        }
    }

    /** Counts what is known only afterwards, whatever is left. */
    synchronized void charge(LimitCounter counter, long units, Share share, long now) {
        if (counter.bucket()) {
            level.raise(counter, units * share.nodes(), now);
        } else {
            alone.add(moment(counter, now), units);
            untold.add(moment(counter, now), units);
        }
    }

    /**
     * Redis counted so many for this node.
     *
     * @param dated until when
     * @param used by all nodes together
     */
    synchronized void granted(LimitCounter counter, long units, long dated, long used, long now) {
        if (counter.bucket()) {
            level.set(counter, used, now);
            return;
        }
        forget(counter, now);
        if (units > 0) {
            granted.add(dated, units);
        }
        others = Math.max(0, used - granted.sum() - alone.sum());
        othersUntil = now + span(counter) + size(counter);
    }

    synchronized void returned(LimitCounter counter, long units, long dated) {
        if (!counter.bucket()) {
            granted.remove(dated, units);
        }
    }

    /** Is there anything that Redis has not been told? */
    synchronized boolean untold() {
        return untold.sum() > 0 || telling.sum() > 0 || level.untold();
    }

    /**
     * As {@code limits.lua} takes it; empty for nothing.
     *
     * @param all also what was told before: it was lost
     */
    synchronized List<Long> toTell(LimitCounter counter, boolean all, long now) {
        var told = new ArrayList<Long>();
        if (counter.bucket()) {
            if (all || level.untold()) {
                told.add(level.at(counter, now));
            }
            return told;
        }
        forget(counter, now);
        untold.into(telling);
        if (all) {
            pairs(granted, now, told);
            pairs(alone, now, told);
        } else {
            pairs(telling, now, told);
        }
        return told;
    }

    private static void pairs(Dated dated, long now, List<Long> told) {
        for (int i = 0; i < dated.size(); i++) {
            if (dated.count(i) > 0) {
                told.add(Math.floorDiv(now - dated.moment(i), MILLI));
                told.add(dated.count(i));
            }
        }
    }

    /** Redis has what {@link #toTell} gave last. */
    synchronized void told() {
        telling.forget(Long.MAX_VALUE);
        level.told();
    }

    /** From here on the counts in Redis are believed, and what was admitted alone is among them. */
    synchronized void settle() {
        alone.into(granted);
    }

    private void forget(LimitCounter counter, long now) {
        long before = now - span(counter);
        granted.forget(before);
        alone.forget(before);
        untold.forget(before);
        telling.forget(before);
        if (now >= othersUntil) {
            others = 0;
        }
    }

    /** How much has to leave before such a request is admitted; of one that costs more than the share, all. */
    private long excess(LimitCounter counter, long cost, Share share) {
        return cost > share.of(counter.requests())
                ? Long.MAX_VALUE
                : granted.sum() + others + share.nodes() * (alone.sum() + cost) - counter.requests() - share.spare();
    }

    private long oldest() {
        long oldest = alone.size() > 0 ? alone.moment(0) : Long.MAX_VALUE;
        return granted.size() > 0 ? Math.min(oldest, granted.moment(0)) : oldest;
    }

    /** Until so much of what is used has left. */
    private long wait(LimitCounter counter, long excess, int nodes, long now) {
        long rest = excess;
        long span = span(counter);
        long foreign = others;
        long until = now;
        int own = 0;
        int ours = 0;
        while (rest > 0) {
            long ownLeaves = own < alone.size() ? alone.moment(own) + span : Long.MAX_VALUE;
            long oursLeave = ours < granted.size() ? granted.moment(ours) + span : Long.MAX_VALUE;
            long foreignLeave = foreign > 0 ? othersUntil : Long.MAX_VALUE;
            until = Math.min(foreignLeave, Math.min(ownLeaves, oursLeave));
            if (until == Long.MAX_VALUE) {
                return millis(span);
            }
            if (until == ownLeaves) {
                rest -= nodes * alone.count(own++);
            } else if (until == oursLeave) {
                rest -= granted.count(ours++);
            } else {
                rest -= foreign;
                foreign = 0;
            }
        }
        return Math.max(1, millis(until - now));
    }

    /** The end of the small bucket that now is in: a count is never dated too early. */
    private static long moment(LimitCounter counter, long now) {
        long size = size(counter);
        return (Math.floorDiv(now, size) + 1) * size;
    }

    private static long size(LimitCounter counter) {
        return Math.max(MILLI, Math.ceilDiv(counter.span().toMillis(), BUCKETS) * MILLI);
    }

    private static long span(LimitCounter counter) {
        return counter.span().toMillis() * MILLI;
    }

    private static long millis(long micros) {
        return Math.max(0, Math.ceilDiv(micros, MILLI));
    }
}
