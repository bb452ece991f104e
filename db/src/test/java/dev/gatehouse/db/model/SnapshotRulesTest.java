package dev.gatehouse.db.model;

import static dev.gatehouse.db.Samples.match;
import static dev.gatehouse.db.Samples.route;
import static dev.gatehouse.db.Samples.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.policy.RateLimit;
import dev.gatehouse.db.settings.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SnapshotRulesTest {

    private static List<Problem> check(Map<String, Route> routes) {
        return SnapshotRules.check(new Snapshot(Map.of("users", service(9101)), routes, Map.of(), Map.of()));
    }

    @Test
    void refusesARouteToAServiceThatDoesNotExist() {
        assertThat(check(Map.of("a", route("/a", "users"), "b", route("/b", "orders"))))
                .containsExactly(new Problem("routes.b.forward.service", "There is no service 'orders'."));
    }

    @Test
    void tellsBothRoutesThatTheyTakeTheSamePath() {
        assertThat(check(Map.of("one", route("/a/**", "users"), "two", route("/a/**", "users"))))
                .containsExactlyInAnyOrder(
                        new Problem(
                                "routes.two.match.path",
                                "Route 'one' takes the same requests with equal right, such as GET /a; let one ask for more, or give one the larger priority."),
                        new Problem(
                                "routes.one.match.path",
                                "Route 'two' takes the same requests with equal right, such as GET /a; let one ask for more, or give one the larger priority."));
    }

    @Test
    void letsTwoRoutesShareAPathByMethod() {
        assertThat(check(Map.of(
                        "read",
                        route(match("/a", Method.GET), "users"),
                        "write",
                        route(match("/a", Method.POST), "users"))))
                .isEmpty();
        assertThat(check(Map.of("all", route("/a", "users"), "write", route(match("/a", Method.POST), "users"))))
                .isEmpty();
    }

    @Test
    void letsAMoreSpecificPathStandBesideABroaderOne() {
        assertThat(check(Map.of(
                        "all", route("/**", "users"), "api", route("/api/**", "users"), "one", route("/api", "users"))))
                .isEmpty();
    }

    @Test
    void wantsLimitsOfOneNameToBeAlike() {
        var hourly = limit(Duration.ofHours(1), "shared");

        assertThat(check(Map.of("a", limited("/a", hourly), "b", limited("/b", hourly))))
                .isEmpty();
        assertThat(check(
                        Map.of("a", limited("/a", hourly), "b", limited("/b", limit(Duration.ofMinutes(1), "shared")))))
                .extracting(Problem::path)
                .containsExactlyInAnyOrder(
                        "routes.a.policies[0].rate-limit.name", "routes.b.policies[0].rate-limit.name");
        assertThat(check(Map.of("a", limited("/a", limit(Duration.ofHours(1), "b")), "b", limited("/b", hourly))))
                .isEmpty();
        assertThat(check(Map.of(
                        "a", limited("/a", limit(Duration.ofHours(1), "b")),
                        "b", limited("/b", limit(Duration.ofMinutes(1), "")))))
                .hasSize(2);
    }

    private static Route limited(String path, RateLimit limit) {
        var route = route(path, "users");
        return new Route(
                route.match(),
                false,
                List.of(limit),
                route.forward(),
                10 << 20,
                Duration.ofMinutes(1),
                WebSockets.DEFAULT);
    }

    private static RateLimit limit(Duration window, String name) {
        return new RateLimit(
                10, window, RateLimit.Per.CONSUMER, RateLimit.Mode.LEASED, RateLimit.WithoutRedis.LOCAL, name);
    }

    @Test
    void tellsOfThreeRivalsPairByPair() {
        assertThat(check(Map.of("a", route("/a", "users"), "b", route("/a", "users"), "c", route("/a", "users"))))
                .hasSize(6);
    }
}
