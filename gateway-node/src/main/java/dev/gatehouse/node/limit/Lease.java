package dev.gatehouse.node.limit;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The permits of one counter that this node holds ahead, and what it knows of the counter besides. Thread-safe. Times
 * are of {@link System#nanoTime}, and begin when Redis was asked, not when it answered: never too long.
 */
final class Lease {

    /** What one node takes ahead at most. */
    private static final long MOST = 10_000;

    /** For no longer permits are held, so that others can have them before their bucket ends. */
    private static final long HELD_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** For so long a refusal is repeated without asking: others may give permits back. */
    private static final long REFUSED_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final AtomicReference<Grant> grant;

    Lease(Grant first) {
        grant = new AtomicReference<>(first);
    }

    /**
     * What Redis said once.
     *
     * @param bucket end of the small bucket in which the permits were counted, ms on Redis' clock
     * @param until they are good; also how long what was said of the counter is worth something
     * @param size permits there were ahead
     * @param permits those not used yet; below zero it means as much as zero
     * @param left on all nodes together beside these
     * @param resetAt when the oldest count leaves the window
     * @param freeAt when somebody who was refused may be admitted; {@code until} where nobody was
     */
    record Grant(long bucket, long until, long size, AtomicLong permits, long left, long resetAt, long freeAt) {

        private boolean refuses() {
            return freeAt != until;
        }

        /** What is left of it, once; nobody else gets it then. */
        private long drain() {
            return Math.max(0, permits.getAndSet(0));
        }
    }

    /** What can be said without asking; null when Redis has to be asked. */
    @Nullable
    Decision take(long now) {
        var held = grant.get();
        if (held.refuses()) {
            boolean fresh = now - held.until < 0;
            return fresh ? new Decision.Refused(millis(held.freeAt - now)) : null;
        }
        if (now - held.until >= 0 || held.permits.get() <= 0) {
            return null;
        }
        long rest = held.permits.decrementAndGet();
        return rest < 0 ? null : new Decision.Admitted(held.left + rest, millis(held.resetAt - now));
    }

    /**
     * How many to take ahead, when so many ask: more when the last ones were used up early, as many as were used when
     * they were not.
     */
    long wish(long now, int asking) {
        var held = grant.get();
        if (held.refuses()) {
            return 0;
        }
        long rest = Math.max(0, held.permits.get());
        return rest == 0 && now - held.until < 0 ? Math.min(MOST, 2 * held.size + asking) : held.size - rest;
    }

    /** Takes what Redis said last. Returns what of the permits before has to be given back; null for nothing. */
    @Nullable
    Unused replace(Grant next) {
        return Unused.of(grant.getAndSet(next));
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

    /** Whether what is known of the counter is so old that it says nothing about it. */
    boolean forgettable(long now) {
        return now - grant.get().until > TimeUnit.SECONDS.toNanos(1);
    }

    /** Permits to be given back to the bucket they were counted in. */
    record Unused(long bucket, long permits) {

        /** All of it; null for nothing. */
        static @Nullable Unused of(Grant grant) {
            long rest = grant.drain();
            return rest > 0 ? new Unused(grant.bucket, rest) : null;
        }
    }

    /**
     * Of an answer of {@code window.lua}.
     *
     * @param asked when
     * @param refused whether one of those who asked was
     */
    static Grant granted(Answer answer, long asked, boolean refused) {
        long freeAt = asked + TimeUnit.MILLISECONDS.toNanos(answer.next());
        long until = refused
                ? asked + Math.min(REFUSED_NANOS, freeAt - asked - 1)
                : asked + Math.min(HELD_NANOS, TimeUnit.MILLISECONDS.toNanos(answer.good()));
        return new Grant(
                answer.bucket(),
                until,
                answer.ahead(),
                new AtomicLong(answer.ahead()),
                answer.left(),
                asked + TimeUnit.MILLISECONDS.toNanos(answer.reset()),
                refused ? freeAt : until);
    }

    private static long millis(long nanos) {
        return Math.max(1, Math.ceilDiv(nanos, 1_000_000L));
    }
}
