package dev.gatehouse.node.exchange;

import dev.gatehouse.db.model.Refusal;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One time that a service was asked.
 *
 * @param target which one, as configured, and its address where it has several
 * @param span what it was told of its place in the trace; null where there is none
 * @param status of its answer; 0 when there was none
 * @param failure why there was none; null when there was one, or the attempt was given up for another
 * @param began when, on the clock of {@link System#nanoTime}
 * @param nanos how long it took until the answer, or until it was known that there is none
 * @param hedged whether it was made beside another one that was still silent
 * @param before the one before it; null for the first
 */
public record Attempt(
        String target,
        @Nullable String span,
        int status,
        @Nullable Refusal failure,
        long began,
        long nanos,
        boolean hedged,
        @Nullable Attempt before) {

    /** Where no connection was had, or the service said that it did nothing. */
    private static final Set<Refusal> UNSENT = EnumSet.of(
            Refusal.UPSTREAM_UNREACHABLE,
            Refusal.UPSTREAM_CONNECT_TIMEOUT,
            Refusal.NO_HEALTHY_TARGET,
            Refusal.POOL_FULL);

    /** May the service have seen the request? */
    boolean reached() {
        return failure == null || !UNSENT.contains(failure);
    }

    /** How many there were up to this one. */
    public int number() {
        int number = 1;
        for (var earlier = before; earlier != null; earlier = earlier.before) {
            number++;
        }
        return number;
    }
}
