package dev.gatehouse.node.backend.balance;

import dev.gatehouse.db.model.Target;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint as one configuration has it.
 *
 * @param weight more than 0
 * @param priority 0 is asked first
 * @param <R> how endpoints are reached
 */
public record Candidate<R>(Endpoint endpoint, R reach, double weight, int priority, Target.State state) {

    /** Whether it was not tried yet for the exchange and nobody objects; then it is taken. */
    boolean takes(@Nullable Pick<R> previous) {
        var watch = endpoint.watch();
        return (previous == null || !previous.has(endpoint)) && watch.admits() && watch.enter();
    }
}
