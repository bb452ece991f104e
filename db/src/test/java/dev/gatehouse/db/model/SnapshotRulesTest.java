package dev.gatehouse.db.model;

import static dev.gatehouse.db.Samples.match;
import static dev.gatehouse.db.Samples.matchOf;
import static dev.gatehouse.db.Samples.route;
import static dev.gatehouse.db.Samples.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.policy.RateLimit;
import dev.gatehouse.db.settings.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    /** Two matches as they are written, and why they may stand side by side; or such a request as both would take. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{path: /a, hosts: [a.com]}             | {path: /a, hosts: [b.com]}              | other hosts",
                "{path: /a, hosts: [a.com]}             | {path: /a, hosts: ['*.com']}            | more specific host",
                "{path: /a, hosts: [a.com]}             | {path: /a}                              | more specific host",
                "{path: /a, hosts: [a.com, b.com]}      | {path: /a, hosts: [c.com, b.com]}       | such as GET b.com/a",
                "{path: '/u/{id}'}                      | {path: '/u/{name}'}                     | such as GET /u/id",
                "{path: '/u/{id}'}                      | {path: '/u/{rest**}'}                   | more specific path",
                "{path: '/u/{rest**}'}                  | {path: '/u/**'}                         | more specific path",
                "{path: /%C3%BC}                        | {path: /ü}                              | such as GET /%C3%BC",
                "{path: /a, headers: [X]}               | {path: /a}                              | more conditions",
                "{path: /a, headers: [X]}               | {path: /a, query: [x]}                  | headers count first",
                "{path: /a, query: [x]}                 | {path: /a, cookies: [x]}                | then parameters",
                "{path: /a, headers: [X]}               | {path: /a, headers: [Y]}                | such as GET /a with header x: 1, header y: 1",
                "{path: /a, headers: [X], priority: 1}  | {path: /a, headers: [Y]}                | priority",
                "{path: /a, headers: [{name: X, is: 1}]} | {path: /a, headers: [{name: x, is: 2}]} | disjoint",
                "{path: /a, headers: [{name: X, is: 1}]} | {path: /a, query: [{name: x, is: 2}]}   | headers count first",
                "{path: /a, query: [{name: X, is: 1}]}  | {path: /a, query: [{name: x, is: 2}]}   | such as GET /a with query parameter X: 1, query parameter x: 2",
                "{path: /a, cookies: [{name: x, is: 1}]} | {path: /a, cookies: [{name: x, absent: true}]} | disjoint",
                "{path: /a, headers: [{name: X, is: b}]} | {path: /a, headers: [{name: X, matches: '[0-9]'}]} | disjoint",
                "{path: /a, headers: [{name: X, is: 1}]} | {path: /a, headers: [{name: X, matches: '[0-9]'}]} | such as GET /a with header x: 1",
                "{path: /a, addresses: [10.0.0.0/8]}    | {path: /a, addresses: ['::/0']}         | disjoint",
                "{path: /a, addresses: [10.0.0.0/8]}    | {path: /a, addresses: [10.1.0.0/16]}    | such as GET /a from 10.1.0.0",
                "{path: /a, times: [{to: '12:00'}]}     | {path: /a, times: [{from: '12:00'}]}    | disjoint",
                "{path: /a, times: [{to: '12:01'}]}     | {path: /a, times: [{from: '12:00'}]}    | with equal right;",
                "{path: /a, share: 10}                  | {path: /a, share: 50}                   | such as GET /a",
                "{path: /a, regex: /a}                  | {path: /a, regex: /.}                   | such as GET /a",
                "{path: /a, methods: [GET]}             | {path: /a, methods: [HEAD]}             | such as HEAD /a",
                "{path: /a, methods: [GET]}             | {path: /a, methods: [PUT]}              | disjoint",
            })
    void refusesTiesAndNothingElse(String one, String other, String why) {
        var problems = check(Map.of("one", routeOf(one), "other", routeOf(other)));

        if (why.startsWith("such as") || why.startsWith("with")) {
            assertThat(problems)
                    .extracting(Problem::path)
                    .containsExactly("routes.one.match.path", "routes.other.match.path");
            assertThat(problems)
                    .allSatisfy(problem -> assertThat(problem.message())
                            .contains(" takes the same requests with equal right")
                            .contains(why + (why.startsWith("with") ? "" : ";")));
        } else {
            assertThat(problems).as(why).isEmpty();
        }
    }

    private static Route routeOf(String match) {
        return route(matchOf(match), "users");
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
                route.ending(),
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
