package dev.gatehouse.node.limit;

import dev.gatehouse.db.live.LimitCounts.State;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The permits of one counter that this node holds ahead, and what it knows of the counter besides. Thread-safe. Times
 * are of {@link System#nanoTime}, and begin when Redis was asked, not when it answered: never too long.
 */
final class Lease {

    /** For how many requests one node takes permits ahead at most. */
    private static final long MOST = 10_000;

    /** For no longer permits are held, so that others can have them before their bucket ends. */
    private static final long HELD_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** So long before they expire permits are renewed, if they are used: longer than it takes to find Redis silent. */
    private static final long EARLY_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    /** A use that was shorter says little of how many are used in a second. */
    private static final long SHORTEST_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    /** For so long a refusal is repeated without asking: others may give permits back. Then one asks. */
    private static final long REFUSED_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /** For so long it is repeated to all others, while that one waits: a Redis that hangs holds up nobody who is refused. */
    private static final long ASKED_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    /** So long who finds no permits waits for those that are on their way: a few times what Redis takes to answer. */
    private static final long COMING_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private static final CountDownLatch NONE = new CountDownLatch(0);

    /** In place of the permits of a grant that nobody takes from any more. */
    private static final long DRAINED = Long.MIN_VALUE / 2;

    private final AtomicReference<Grant> grant;

    /** Open unless permits are on their way that no request has asked for. */
    private volatile CountDownLatch coming = NONE;

    Lease(Grant first) {
        grant = new AtomicReference<>(first);
    }

    /** Whether more is asked for, or whether that much is refused still: by one, or a node would hold twice what it may. */
    enum More {
        ENOUGH,
        WANTED,
        ASKED
    }

    /**
     * What Redis said once.
     *
     * @param ends until when the permits are counted there, ms on its clock
     * @param dated the same on this node's own clock, us
     * @param since when Redis was asked
     * @param until they are good; also how long what was said of the counter is worth something
     * @param renewAt more are asked for, if one is used then
     * @param size permits there were at hand
     * @param permits those not used yet; below zero once they are not to be used any more
     * @param left on all nodes together beside these
     * @param resetAt when the oldest count leaves the window
     * @param refused the cost of a request that was refused; 0 where none was
     * @param freeAt when such a request may be admitted
     * @param more whether somebody asks whether that is still so, or for more
     */
    record Grant(
            long ends,
            long dated,
            long since,
            long until,
            long renewAt,
            long size,
            AtomicLong permits,
            long left,
            long resetAt,
            long refused,
            long freeAt,
            AtomicReference<More> more) {

        /** Is that much refused still? Nobody is told so after it may have changed. */
        private boolean refuses(long now, boolean first) {
            return now - until < 0
                    || (first
                            && now - freeAt < 0
                            && now - until < ASKED_NANOS
                            && more.getAndSet(More.ASKED) != More.ENOUGH);
        }

        private boolean has(long cost) {
            return permits.get() >= cost && System.nanoTime() - until < 0;
        }

        /** Should somebody ask for more, now that so many are left? Said once. */
        private boolean isLow(long rest, long now) {
            return (2 * rest < size || now - renewAt >= 0)
                    && more.get() == More.ENOUGH
                    && more.compareAndSet(More.ENOUGH, More.WANTED);
        }

        /** Takes back what was taken of it. Returns what has to be given back to Redis, since it is not used here any more. */
        @Nullable
        Unused put(long cost) {
            return permits.addAndGet(cost) < 0 ? new Unused(ends, dated, cost) : null;
        }

        /** @return what is left then; below zero where there are too few */
        private long take(long cost) {
            for (long all = permits.get(); all >= cost; all = permits.get()) {
                if (permits.compareAndSet(all, all - cost)) {
                    return all - cost;
                }
            }
            return -1;
        }

        /** What is left of it, once; nobody else gets it then. */
        private long drain() {
            return Math.max(0, permits.getAndSet(DRAINED));
        }
    }

    /** The outcome of {@link #take}. */
    enum Taken {
        YES,
        /** And now it is time to ask for more, before they run out. */
        YES_AND_LOW,
        REFUSED,
        /** Redis has to be asked. */
        UNKNOWN
    }

    /**
     * Takes so many permits if they are at hand, and says of the counter what is known.
     *
     * @param first whether the asker would go on to ask Redis; false where it has come to that already
     */
    Taken take(long cost, Verdict verdict, int demand, boolean first) {
        var held = grant.get();
        if (held.refused > 0 && cost >= held.refused) {
            long now = System.nanoTime();
            if (held.refuses(now, first)) {
                verdict.refuse(demand, held.left, millis(held.freeAt - now));
                return Taken.REFUSED;
            }
            return Taken.UNKNOWN;
        }
        long rest = held.take(cost);
        if (rest < 0) {
            return Taken.UNKNOWN;
        }
        // the clock is read last: a node that was stopped in between spends nothing that has expired
        long now = System.nanoTime();
        if (now - held.until >= 0) {
            // where it was given back meanwhile, this much stays counted until its window is over
            held.put(cost);
            return Taken.UNKNOWN;
        }
        verdict.room(demand, held.left + rest, millis(held.resetAt - now));
        verdict.took(demand, held);
        return held.isLow(rest, now) ? Taken.YES_AND_LOW : Taken.YES;
    }

    /** Says of the counter what is known, and takes nothing. */
    void look(long cost, Verdict verdict, int demand) {
        var held = grant.get();
        long now = System.nanoTime();
        if (held.refused > 0 && cost >= held.refused) {
            if (now - held.freeAt < 0 && now - held.until < ASKED_NANOS) {
                verdict.refuse(demand, held.left, millis(held.freeAt - now));
            }
        } else if (now - held.until < 0) {
            verdict.room(demand, held.left + Math.max(0, held.permits.get()), millis(held.resetAt - now));
        }
    }

    /** Are so many permits at hand? Then there is no need for others. */
    boolean holds(long cost) {
        return grant.get().has(cost);
    }

    /**
     * Who finds no permits asks for more, and nobody else does then; unless they are on their way: a moment later they are
     * here.
     */
    void want(long cost) throws InterruptedException {
        var held = grant.get();
        if (held.refused == 0 && !held.has(cost) && held.more.getAndSet(More.ASKED) == More.ASKED) {
            var _ = coming.await(COMING_NANOS, TimeUnit.NANOSECONDS);
        }
    }

    /**
     * How many to take ahead, when so many ask: more when the last ones were used up early, as many as were used when
     * they were not.
     */
    long wish(long cost, int asking) {
        var held = grant.get();
        if (held.refused > 0) {
            return 0;
        }
        long rest = Math.max(0, held.permits.get());
        return rest == 0 && System.nanoTime() - held.until < 0
                ? Math.min(MOST * cost, 2 * held.size + asking * cost)
                : Math.max(0, held.size - rest);
    }

    /**
     * How many should be at hand, and are.
     *
     * @param ends until when those are counted
     * @param of which grant they are
     * @param here opened once there is an answer, or none will come
     */
    record Renewal(long wish, long rest, long ends, Grant of, CountDownLatch here) {}

    /**
     * As many as are used in two seconds, so that a burst does not use them up while Redis is silent; not twice as many as
     * before, nor less than half. Null when nobody wants that, or a request asks itself. For one thread only.
     */
    @Nullable
    Renewal renewal(long cost, long now) {
        var held = grant.get();
        if (held.refused > 0 || held.more.get() != More.WANTED) {
            return null;
        }
        // in this order: who finds that they are asked for finds what to wait for
        var here = new CountDownLatch(1);
        coming = here;
        if (!held.more.compareAndSet(More.WANTED, More.ASKED)) {
            here.countDown();
            return null;
        }
        long rest = Math.max(0, held.permits.get());
        double seconds = Math.max(SHORTEST_NANOS, now - held.since) / 1e9;
        long used = (long) Math.ceil(2 * (held.size - rest) / seconds);
        return new Renewal(
                Math.min(MOST * cost, Math.clamp(used, (held.size + 1) / 2, 2 * held.size)),
                rest,
                held.ends,
                held,
                here);
    }

    /**
     * Takes what Redis said last. Permits of before that are counted in the same place go on being used.
     *
     * @return those that have to be given back; null for none
     */
    @Nullable
    Unused replace(Grant next) {
        return moved(grant.getAndSet(next), next);
    }

    /** The same, unless somebody else was answered meanwhile: then all of it goes back. */
    @Nullable
    Unused renew(Renewal renewal, Grant next) {
        return grant.compareAndSet(renewal.of, next) ? moved(renewal.of, next) : Unused.of(next);
    }

    private static @Nullable Unused moved(Grant before, Grant next) {
        var unused = Unused.of(before);
        return unused != null && unused.ends == next.ends && next.refused == 0 ? next.put(unused.permits) : unused;
    }

    /** What was not used in time. */
    @Nullable
    Unused expired(long now) {
        var held = grant.get();
        return now - held.until >= 0 ? unused() : null;
    }

    /** All that is held; none of it is used from here on. */
    @Nullable
    Unused unused() {
        return Unused.of(grant.get());
    }

    /** Permits that may still be used. */
    long permits() {
        return Math.max(0, grant.get().permits.get());
    }

    /** Whether what is known of the counter is so old that it says nothing about it. */
    boolean forgettable(long now) {
        return now - grant.get().until > TimeUnit.SECONDS.toNanos(1);
    }

    /** Permits to be given back to where they were counted. */
    record Unused(long ends, long dated, long permits) {

        /** All of it; null for nothing. */
        static @Nullable Unused of(Grant grant) {
            long rest = grant.drain();
            return rest > 0 ? new Unused(grant.ends, grant.dated, rest) : null;
        }
    }

    /**
     * Of what {@code limits.lua} says of a counter.
     *
     * @param asked when, ns
     * @param dated until when the permits are counted, us on this node's own clock
     * @param rest permits that are counted in the same place
     * @param refused the cost of a request that this counter refused; 0 for none
     */
    static Grant granted(State state, long asked, long dated, long rest, long refused) {
        long freeAt = asked + TimeUnit.MILLISECONDS.toNanos(state.next());
        long until = refused > 0
                ? asked + Math.min(REFUSED_NANOS, freeAt - asked - 1)
                : asked + Math.min(HELD_NANOS, TimeUnit.MILLISECONDS.toNanos(state.good()));
        return new Grant(
                state.ends(),
                dated,
                asked,
                until,
                until - Math.min(EARLY_NANOS, (until - asked) / 3 * 2),
                state.ahead() + rest,
                new AtomicLong(state.ahead()),
                state.left(),
                asked + TimeUnit.MILLISECONDS.toNanos(state.reset()),
                refused,
                freeAt,
                new AtomicReference<>(More.ENOUGH));
    }

    private static long millis(long nanos) {
        return Math.max(1, Math.ceilDiv(nanos, 1_000_000L));
    }
}
