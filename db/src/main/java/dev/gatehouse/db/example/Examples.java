package dev.gatehouse.db.example;

import dev.gatehouse.db.model.Example;
import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.db.model.Snapshot;
import dev.gatehouse.db.routing.RouteIndex;
import dev.gatehouse.db.settings.Problem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Holds all examples of a snapshot against it. */
public final class Examples {

    private static final List<Refusal> POSSIBLE = List.of(
            Refusal.NO_ROUTE,
            Refusal.METHOD_NOT_ALLOWED,
            Refusal.VERSION_MISSING,
            Refusal.VERSION_UNKNOWN,
            Refusal.VERSION_NOT_ACCEPTABLE,
            Refusal.VERSION_RETIRED);

    private final Snapshot snapshot;
    private final Trial trial;

    public Examples(Snapshot snapshot) {
        this.snapshot = snapshot;
        trial = new Trial(snapshot);
    }

    /**
     * Every example that is not what becomes of its request.
     *
     * @param now for examples that say no time
     * @return problems with paths such as {@code routes.users-api.examples[0]}
     */
    public static List<Problem> check(Snapshot snapshot, Instant now) {
        if (snapshot.routes().values().stream()
                .allMatch(route -> route.examples().isEmpty())) {
            return List.of();
        }
        var examples = new Examples(snapshot);
        var problems = new ArrayList<Problem>();
        snapshot.routes().forEach((name, route) -> {
            for (int i = 0; i < route.examples().size(); i++) {
                var at = "routes." + name + ".examples[" + i + "]";
                examples.broken(name, route.examples().get(i), now)
                        .ifPresent(told -> problems.add(new Problem(at, told)));
            }
        });
        return problems;
    }

    /**
     * In which way an example of that route is not what becomes of its request; empty when it holds.
     *
     * @param now where the example says no time
     */
    public Optional<String> broken(String route, Example example, Instant now) {
        try {
            var expected = example.expect().isEmpty() ? route : example.expect();
            if (!snapshot.routes().containsKey(expected)
                    && POSSIBLE.stream().noneMatch(refusal -> refusal.code().equals(expected))) {
                return Optional.of("'" + expected + "' is expected of '" + example.request()
                        + "', but is neither a route nor one of "
                        + String.join(", ", POSSIBLE.stream().map(Refusal::code).toList()) + ".");
            }
            var outcome = trial.of(example, now);
            var decision = outcome.decision();
            return decision.written().equals(expected)
                    ? Optional.empty()
                    : Optional.of("'" + example.request() + "' is expected to get " + words(expected, route)
                            + ", but gets " + words(decision.written(), route) + ": "
                            + why(expected, decision, outcome.candidates()) + ".");
        } catch (IllegalArgumentException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private String words(String outcome, String self) {
        return outcome.equals(self)
                ? "this route"
                : snapshot.routes().containsKey(outcome) ? "route '" + outcome + "'" : outcome;
    }

    /** What speaks against what was expected; else what speaks for what came of it. */
    private String why(String expected, Decision decision, List<RouteIndex.Candidate> candidates) {
        if (!snapshot.routes().containsKey(expected)) {
            return decision instanceof Decision.Taken(var route)
                    ? "route '" + route + "' takes it"
                    : "that is what becomes of it";
        }
        var candidate =
                candidates.stream().filter(one -> one.name().equals(expected)).findFirst();
        if (candidate.isEmpty()) {
            return "host or path are not those of route '" + expected + "'";
        }
        return candidate
                .get()
                .failed()
                .map(failed -> "route '" + expected + "' asks for " + failed)
                .orElseGet(() -> instead(decision));
    }

    /** Why a route does not get what it asks for. */
    private static String instead(Decision decision) {
        return switch (decision) {
            case Decision.Taken(var route) -> "route '" + route + "' is more specific or comes first";
            case Decision.Refused refused ->
                refused.route() == null ? "no route takes it" : "the API of route '" + refused.route() + "' refuses it";
        };
    }
}
