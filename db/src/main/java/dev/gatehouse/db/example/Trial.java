package dev.gatehouse.db.example;

import dev.gatehouse.db.model.Example;
import dev.gatehouse.db.model.Route;
import dev.gatehouse.db.model.Snapshot;
import dev.gatehouse.db.recognition.Recognition;
import dev.gatehouse.db.routing.RouteIndex;
import java.time.Instant;
import java.util.List;

/** What a snapshot makes of requests, before any policy sees them. Immutable; routes that break a rule of their own take nothing. */
public final class Trial {

    /**
     * @param candidates all routes whose host and path fit, in the order in which they are tried
     */
    public record Outcome(Decision decision, List<RouteIndex.Candidate> candidates) {}

    private final RouteIndex<Route> index;
    private final Recognition recognition;

    public Trial(Snapshot snapshot) {
        index = snapshot.routeIndex();
        recognition = new Recognition(snapshot);
    }

    /**
     * What becomes of a request.
     *
     * @param now where the example says no time
     * @throws IllegalArgumentException when the example breaks a rule of its own; the message is a sentence that says which
     */
    public Outcome of(Example example, Instant now) {
        var facts = new ExampleFacts(example, recognition, now);
        return new Outcome(Decision.of(index.find(facts), facts), index.explain(facts));
    }
}
