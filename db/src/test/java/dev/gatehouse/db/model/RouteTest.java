package dev.gatehouse.db.model;

import static dev.gatehouse.db.Samples.limit;
import static dev.gatehouse.db.Samples.match;
import static dev.gatehouse.db.Samples.route;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.policy.Policy;
import dev.gatehouse.db.policy.RateLimit;
import dev.gatehouse.db.policy.Stage;
import dev.gatehouse.db.settings.Problem;
import dev.gatehouse.db.settings.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RouteTest {

    @Test
    void asksForAKeyUnlessItSaysPublic() {
        var plain = Map.of("match", Map.of("path", "/a"), "forward", Map.of("service", "users"));
        assertThat(Settings.read(Route.class, plain).orThrow().isPublic()).isFalse();
    }

    @Test
    void refusesARewriteThatWantsATailOfARouteWithoutOne() {
        var route = new Route(
                match("/a"),
                false,
                List.of(),
                new Forward("users", "/users/**"),
                10 << 20,
                Duration.ofMinutes(1),
                WebSockets.DEFAULT);
        assertThat(Settings.check(route))
                .containsExactly(
                        new Problem("forward.rewrite", "'/users/**' ends in /** but the route's path '/a' does not."));
        assertThat(Settings.check(new Route(
                        match("/a/**"),
                        false,
                        List.of(),
                        new Forward("users", "/users/**"),
                        10 << 20,
                        Duration.ofMinutes(1),
                        WebSockets.DEFAULT)))
                .isEmpty();
        assertThat(Settings.check(new Route(
                        match("/a/**"),
                        false,
                        List.of(),
                        new Forward("users", "/users"),
                        10 << 20,
                        Duration.ofMinutes(1),
                        WebSockets.DEFAULT)))
                .isEmpty();
    }

    @Test
    void wantsTwoNamesForTwoLimits() {
        var perKey = limit(1, RateLimit.Per.KEY, "burst");
        assertThat(Settings.check(route("/a", "users", perKey, limit(9, RateLimit.Per.CONSUMER, ""))))
                .isEmpty();
        assertThat(Settings.check(route("/a", "users", perKey, limit(9, RateLimit.Per.ROUTE, "burst"))))
                .extracting(Problem::path)
                .containsExactly("policies[1].rate-limit.name");
        assertThat(Settings.check(
                        route("/a", "users", limit(1, RateLimit.Per.KEY, ""), limit(2, RateLimit.Per.KEY, ""))))
                .extracting(Problem::path)
                .containsExactly("policies[1].rate-limit.name");
    }

    @Test
    void countsPerKeyOnlyWhereThereAreKeys() {
        var perKey = List.<Policy>of(limit(1, RateLimit.Per.KEY, ""));
        assertThat(Settings.check(new Route(
                        match("/a"),
                        true,
                        perKey,
                        new Forward("users", ""),
                        10 << 20,
                        Duration.ofMinutes(1),
                        WebSockets.DEFAULT)))
                .extracting(Problem::path)
                .containsExactly("policies[0].rate-limit.per");
        assertThat(Settings.check(new Route(
                        match("/a"),
                        false,
                        perKey,
                        new Forward("users", ""),
                        10 << 20,
                        Duration.ofMinutes(1),
                        WebSockets.DEFAULT)))
                .isEmpty();
    }

    @Test
    void countsALimitUnderItsOwnNameOrElseTheRoutes() {
        assertThat(limit(1, RateLimit.Per.KEY, "").nameOn("users-api")).isEqualTo("users-api");
        assertThat(limit(1, RateLimit.Per.KEY, "shared").nameOn("users-api")).isEqualTo("shared");
        assertThat(limit(1, RateLimit.Per.KEY, "").stage()).isEqualTo(Stage.LIMIT);
    }

    @Test
    void holdsALimitToItsBounds() {
        assertThat(problem(0, "1m")).containsExactly("requests");
        assertThat(problem(-60, "1m")).containsExactly("requests");
        assertThat(problem(1_000_000_000_001L, "1m")).containsExactly("requests");
        assertThat(problem(60, "999ms")).containsExactly("window");
        assertThat(problem(60, "1h1s")).containsExactly("window");
        assertThat(problem(1, "1s")).isEmpty();
        assertThat(problem(1_000_000_000_000L, "1h")).isEmpty();
    }

    private static List<String> problem(long requests, String window) {
        return Settings.read(RateLimit.class, Map.of("requests", requests, "window", window)).problems().stream()
                .map(Problem::path)
                .toList();
    }

    @Test
    void limitsBodyTimeAndSilenceWhereNothingElseIsWritten() {
        Map<String, Object> plain = Map.of("match", Map.of("path", "/a"), "forward", Map.of("service", "users"));
        var route = Settings.read(Route.class, plain).orThrow();
        assertThat(route.maxBody()).isEqualTo(10 << 20);
        assertThat(route.timeout()).hasMinutes(1);
        assertThat(route.webSocket()).isEqualTo(new WebSockets(true, Duration.ofMinutes(5)));
        assertThat(Settings.write(route)).isEqualTo(plain);
    }

    @Test
    void holdsBodyTimeAndSilenceToTheirBounds() {
        var plain = Map.of(
                "match", Map.of("path", "/a"),
                "forward", Map.of("service", "users"),
                "max-body", "1025GiB",
                "timeout", "999ms",
                "web-socket", Map.of("idle", "25h"));
        assertThat(Settings.read(Route.class, plain).problems())
                .containsExactly(
                        new Problem(
                                "max-body",
                                "'1025GiB' is refused: must be a size from 0B to 1TiB, such as 512B, 64KiB or 10MiB."),
                        new Problem(
                                "timeout",
                                "'999ms' is refused: must be a duration from 1s to 1d, such as 30s, 5m or 1h30m."),
                        new Problem(
                                "web-socket.idle",
                                "'25h' is refused: must be a duration from 1s to 1d, such as 30s, 5m or 1h30m."));
    }

    @Test
    void takesAtMostFiftyPolicies() {
        var limits = IntStream.range(0, 51)
                .mapToObj(i -> limit(1, RateLimit.Per.CONSUMER, "limit-" + i))
                .toArray(Policy[]::new);
        assertThat(Settings.check(route("/a", "users", limits)))
                .containsExactly(new Problem("policies", "Must have between 0 and 50 elements."));
    }
}
