package dev.gatehouse.node.quota;

import java.util.concurrent.atomic.AtomicLong;

/** What a node may spend of an account without asking, for a while. Thread-safe. */
final class Permits {

    private final AtomicLong unspent = new AtomicLong();
    private final AtomicLong until = new AtomicLong(System.nanoTime());

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

    /** @param end from when on none of them is good any more */
    void add(long more, long end) {
        until.set(end);
        unspent.addAndGet(more);
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
