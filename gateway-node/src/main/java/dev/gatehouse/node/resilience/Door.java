package dev.gatehouse.node.resilience;

import dev.gatehouse.db.resilience.Priority;
import java.util.Optional;
import java.util.function.Supplier;

/** Decides whether a request is let in at all. */
@FunctionalInterface
public interface Door {

    /** Lets everybody in. */
    Door OPEN = (_, _) -> true;

    /**
     * Is a request let in?
     *
     * @param route its route's priority; between equals the consumer's counts
     * @param consumer who is calling, asked only when requests are refused
     */
    boolean admits(Priority route, Supplier<Optional<String>> consumer);
}
