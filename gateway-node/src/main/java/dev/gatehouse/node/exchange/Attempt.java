package dev.gatehouse.node.exchange;

import dev.gatehouse.db.model.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * One time that a service was asked.
 *
 * @param target which one, as configured
 * @param status of its answer; 0 when there was none
 * @param failure why there was none; null when there was one, or the attempt was given up for another
 * @param nanos how long it took until then
 * @param hedged whether it was made beside another one that was still silent
 * @param before the one before it; null for the first
 */
public record Attempt(
        String target,
        int status,
        @Nullable Refusal failure,
        long nanos,
        boolean hedged,
        @Nullable Attempt before) {

    /** How many there were up to this one. */
    public int number() {
        int number = 1;
        for (var earlier = before; earlier != null; earlier = earlier.before) {
            number++;
        }
        return number;
    }
}
