package dev.gatehouse.db.example;

import static dev.gatehouse.db.Samples.consumer;
import static dev.gatehouse.db.Samples.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.model.Api;
import dev.gatehouse.db.model.ClientSign;
import dev.gatehouse.db.model.ClientType;
import dev.gatehouse.db.model.Route;
import dev.gatehouse.db.model.Snapshot;
import dev.gatehouse.db.model.SnapshotRules;
import dev.gatehouse.db.settings.Problem;
import dev.gatehouse.db.settings.Settings;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ExamplesTest {

    private static final Instant NOW = Instant.parse("2026-10-07T12:00:00Z");
    private static final Api USERS = Settings.read(
                    Api.class,
                    Map.of(
                            "named-by",
                            List.of(Map.of("media-type", "example")),
                            "versions",
                            List.of(Map.of("name", "v1", "sunset", "2026-12-31"), "v2"),
                            "default-version",
                            "v2",
                            "retire-at-sunset",
                            true))
            .orThrow();
    private static final ClientType PARTNER = new ClientType(List.of(new ClientSign.ByConsumer(List.of("shop"))), 0);

    private final Map<String, Route> routes = new HashMap<>();

    private void route(String name, Map<String, Object> match, Object... examples) {
        routes.put(
                name,
                Settings.read(
                                Route.class,
                                Map.of(
                                        "match",
                                        match,
                                        "forward",
                                        Map.of("service", "users"),
                                        "examples",
                                        List.of(examples)))
                        .orThrow());
    }

    private static Map<String, Object> example(String request, Object... more) {
        var plain = new HashMap<String, Object>(Map.of("request", request));
        for (int i = 0; i < more.length; i += 2) {
            plain.put((String) more[i], more[i + 1]);
        }
        return plain;
    }

    private List<Problem> problems() {
        var snapshot = new Snapshot(
                Map.of("users", service(9101)),
                routes,
                Map.of("shop", consumer("")),
                Map.of(),
                Map.of("users", USERS),
                Map.of("partner", PARTNER));
        assertThat(SnapshotRules.check(snapshot)).isEmpty();
        return Examples.check(snapshot, NOW);
    }

    private String problem() {
        return problems().getFirst().message();
    }

    @BeforeEach
    void everythingElse() {
        route("rest", Map.of("path", "/**", "methods", List.of("GET")));
    }

    @Test
    void passesWhatIsAsExpected() {
        route(
                "users",
                Map.of("path", "/users/{id}", "hosts", List.of("api.example.com")),
                "GET https://api.example.com/users/7?page=2",
                example("GET /users/7", "expect", "rest"),
                example("GET http://API.example.com:8080/users/7", "expect", "users"),
                example("DELETE http://api.example.com/", "expect", "method-not-allowed"));
        assertThat(problems()).isEmpty();
    }

    @Test
    void tellsWhichExampleOfWhichRouteGetsWhatInstead() {
        route("users", Map.of("path", "/users"), "GET /users", "GET /users/7");
        assertThat(problems())
                .containsExactly(new Problem(
                        "routes.users.examples[1]",
                        "'GET /users/7' is expected to get this route, but gets route 'rest': "
                                + "host or path are not those of route 'users'."));
    }

    @Test
    void tellsWhatAnExpectedRouteAsksFor() {
        route("users", Map.of("path", "/users", "clients", List.of("partner")), "GET /users");
        assertThat(problem()).endsWith("but gets route 'rest': route 'users' asks for a client of type partner.");
        route("users", Map.of("path", "/users", "methods", List.of("POST")), "GET /users");
        assertThat(problem()).endsWith("but gets route 'rest': route 'users' asks for method POST.");
    }

    @Test
    void tellsThatAnotherRouteComesFirst() {
        route("users", Map.of("path", "/users/**"), "GET /users/7");
        route("one", Map.of("path", "/users/{id}"));
        assertThat(problem()).endsWith("but gets route 'one': route 'one' is more specific or comes first.");
    }

    @Test
    void tellsThatARefusalIsExpected() {
        route("users", Map.of("path", "/users"), example("GET /orders", "expect", "no-route"));
        assertThat(problem())
                .isEqualTo("'GET /orders' is expected to get no-route, but gets route 'rest': route 'rest' takes it.");
        routes.remove("rest");
        assertThat(problems()).isEmpty();
    }

    @Test
    void tellsThatNothingTakesIt() {
        routes.remove("rest");
        route("users", Map.of("path", "/users"), "GET /orders");
        assertThat(problem())
                .isEqualTo("'GET /orders' is expected to get this route, but gets no-route: "
                        + "host or path are not those of route 'users'.");
    }

    @Test
    void knowsWhoIsCalling() {
        route(
                "users",
                Map.of("path", "/users", "clients", List.of("partner")),
                example("GET /users", "consumer", "shop"),
                example("GET /users", "expect", "rest"));
        assertThat(problems()).isEmpty();
    }

    @Test
    void knowsWhichVersionIsAskedForAndWhen() {
        var v1 = List.of("Accept: application/vnd.example.v1+json");
        route("two", Map.of("path", "/users", "api", "users", "version", "v2"), "GET /users");
        route(
                "one",
                Map.of("path", "/users", "api", "users", "version", "v1"),
                example("GET /users", "headers", v1),
                example("GET /users", "headers", v1, "time", "2026-12-31", "expect", "version-retired"),
                example("GET /users", "headers", v1, "time", "2026-12-30T23:59:59Z"),
                example("GET /users", "expect", "two"),
                example(
                        "GET /users",
                        "headers",
                        List.of("accept: application/vnd.example.v9+json"),
                        "expect",
                        "version-not-acceptable"));
        assertThat(problems()).isEmpty();
    }

    @Test
    void readsAllThatARequestCanSay() {
        route(
                "users",
                Map.of(
                        "path",
                        "/users",
                        "headers",
                        List.of(Map.of("name", "X-A", "is", "1, 2")),
                        "cookies",
                        List.of(Map.of("name", "beta", "is", "yes")),
                        "query",
                        List.of(Map.of("name", "q", "is", "a b")),
                        "addresses",
                        List.of("10.0.0.0/8"),
                        "times",
                        List.of(Map.of("days", List.of("mon"), "from", "08:00", "to", "09:00")),
                        "share",
                        50),
                example(
                        "GET /users?q=a+b",
                        "headers",
                        List.of("x-a: 1", "X-A:2", "Cookie: beta=yes"),
                        "address",
                        "10.1.2.3",
                        "time",
                        "2026-10-05T08:30:00Z",
                        "draw",
                        49),
                example("GET /users?q=a+b", "expect", "rest"));
        assertThat(problems()).isEmpty();
    }

    @Test
    void refusesToExpectWhatCannotBe() {
        route("users", Map.of("path", "/users"), example("GET /users", "expect", "usres"));
        assertThat(problem())
                .isEqualTo(
                        "'usres' is expected of 'GET /users', but is neither a route nor one of no-route, "
                                + "method-not-allowed, version-missing, version-unknown, version-not-acceptable, version-retired.");
    }
}
