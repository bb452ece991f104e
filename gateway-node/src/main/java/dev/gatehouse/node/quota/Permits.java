package dev.gatehouse.node.quota;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** What a node may spend of an account without asking, for a while. Thread-safe. */
final class Permits {

    /**
     * So long before they expire permits are renewed, if some are spent: longer than it takes to find Redis silent, and then
     * to hear of the ledger what is left.
     */
    private static final long EARLY_NANOS = TimeUnit.MILLISECONDS.toNanos(750);

    /** Where there were none, it is worth asking again after so long. */
    private static final long AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /** A use that was shorter says little of how many are spent in a second. */
    private static final long SHORTEST_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final AtomicLong unspent = new AtomicLong();
    private final AtomicLong until = new AtomicLong(System.nanoTime());
    private final AtomicBoolean renewing = new AtomicBoolean(true);
    private volatile long size;
    private volatile long since;
    private volatile long renewAt;

    /**
     * Takes so many, all or none.
     *
     * @param now of {@link System#nanoTime}
     */
    boolean take(long cost, long now) {
        long seen = unspent.get();
        while (seen >= cost && now - until.get() < 0) {
            if (unspent.compareAndSet(seen, seen - cost)) {
                return true;
            }
            seen = unspent.get();
        }
        return false;
    }

    /**
     * @param now of {@link System#nanoTime}
     * @param end from when on none of them is good any more
     */
    void add(long more, long now, long end) {
        until.set(end);
        size = unspent.addAndGet(more);
        since = now;
        renewAt = end - EARLY_NANOS;
        renewing.set(false);
    }

    /** Should somebody ask for more, after some were taken? Said once, until there are more. */
    boolean low(long now) {
        return (2 * unspent.get() < size || now - renewAt >= 0) && !renewing.get() && !renewing.getAndSet(true);
    }

    /** There are no more for now: those that are here are spent, and somebody asks again in a while. */
    void notRenewed(long now) {
        size = 2 * unspent.get();
        renewAt = now + AGAIN_NANOS;
        renewing.set(false);
    }

    /** Does somebody ask for more, or should? */
    boolean renewing() {
        return renewing.get();
    }

    /**
     * As many as are spent in two seconds, so that what comes in bursts is not out of them while Redis is silent; not twice
     * as many as there were, nor less than half.
     */
    long wanted(long now) {
        double seconds = Math.max(SHORTEST_NANOS, now - since) / 1e9;
        long spent = (long) Math.ceil(2 * (size - unspent.get()) / seconds);
        return Math.clamp(spent, (size + 1) / 2, Math.max(1, 2 * size));
    }

    /** None of them is good for longer than until then. */
    void shorten(long end) {
        until.accumulateAndGet(end, (known, given) -> known - given > 0 ? given : known);
    }

    /** All that is left; nobody else gets it then. */
    long drain() {
        return unspent.getAndSet(0);
    }

    /** What is left once the time is over; 0 before. */
    long expired(long now) {
        return now - until.get() >= 0 ? drain() : 0;
    }

    boolean ranOut(long now) {
        return now - until.get() < 0 && unspent.get() <= 0;
    }

    long unspent() {
        return unspent.get();
    }
}
