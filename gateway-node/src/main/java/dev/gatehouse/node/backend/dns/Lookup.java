package dev.gatehouse.node.backend.dns;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Asks once, and never on the asking thread. */
public interface Lookup {

    /**
     * What was answered.
     *
     * @param places at least one
     * @param ttl for how long it holds
     */
    record Found(List<Place> places, Duration ttl) {}

    /** Fails with a message for people where there is no answer, or an answer without a place. */
    CompletableFuture<Found> ask(Question question);
}
