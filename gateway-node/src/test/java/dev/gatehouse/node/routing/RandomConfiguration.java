package dev.gatehouse.node.routing;

import dev.gatehouse.db.model.Api;
import dev.gatehouse.db.model.ApiVersion;
import dev.gatehouse.db.model.ClientSign;
import dev.gatehouse.db.model.ClientType;
import dev.gatehouse.db.model.Consumer;
import dev.gatehouse.db.model.Example;
import dev.gatehouse.db.model.Match;
import dev.gatehouse.db.model.Method;
import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.db.model.Route;
import dev.gatehouse.db.model.Snapshot;
import dev.gatehouse.db.model.VersionNaming;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Draws routes of an API in versions and for types of clients, and requests that some of them take. */
final class RandomConfiguration {

    private static final Map<String, ClientType> CLIENT_TYPES = Map.of(
            "partner", new ClientType(List.of(new ClientSign.ByConsumer(List.of("shop"))), 1),
            "mobile", new ClientType(List.of(new ClientSign.ByUserAgent("okhttp", "")), 0),
            "tv", new ClientType(List.of(new ClientSign.ByHeader("X-Client", "tv", "")), 0));

    private final Random random;
    private final Snapshot snapshot;

    RandomConfiguration(Random random) {
        this.random = random;
        var routes = new TreeMap<String, Route>();
        for (int i = random.nextInt(1, 7); i > 0; i--) {
            routes.put("route-" + i, route());
        }
        snapshot = new Snapshot(
                Map.of("users", Compiling.service("http://127.0.0.1:1")),
                routes,
                Map.of("shop", new Consumer(""), "bank", new Consumer("")),
                Map.of(),
                Map.of("users", api()),
                CLIENT_TYPES);
    }

    Snapshot snapshot() {
        return snapshot;
    }

    /** All that may become of a request. */
    List<String> expectations() {
        return Stream.concat(
                        snapshot.routes().keySet().stream(),
                        Stream.of(
                                        Refusal.NO_ROUTE,
                                        Refusal.METHOD_NOT_ALLOWED,
                                        Refusal.VERSION_MISSING,
                                        Refusal.VERSION_UNKNOWN,
                                        Refusal.VERSION_NOT_ACCEPTABLE,
                                        Refusal.VERSION_RETIRED)
                                .map(Refusal::code))
                .toList();
    }

    Example example() {
        var headers = new ArrayList<String>();
        sometimes(() -> headers.add("X-Version: " + pick("v1", "v2", "v3", "v1, v2")));
        sometimes(() -> headers.add("Accept: "
                + pick(
                        "*/*",
                        "application/vnd.example.v1",
                        "application/vnd.example.v2+json",
                        "application/vnd.example.v9")));
        sometimes(() -> headers.add("X-Client: " + pick("tv", "radio")));
        sometimes(() -> headers.add("User-Agent: " + pick("okhttp/4", "Mozilla/5.0")));
        var target = pick("/users", "/v1/users", "/v2/users", "/v9/users", "/users/7", "/orders", "/")
                + pick("", "", "?v=v1", "?v=v3&v=v1", "?v=");
        return new Example(
                pick("GET", "POST", "HEAD", "PURGE") + " https://api.example:8443" + target,
                headers,
                "",
                "",
                pick("", "shop", "bank"),
                "",
                0,
                "");
    }

    static Example expecting(Example example, String outcome) {
        return new Example(
                example.request(),
                example.headers(),
                example.address(),
                example.time(),
                example.consumer(),
                example.subject(),
                example.draw(),
                outcome);
    }

    static Route carrying(Route route, Example... examples) {
        return new Route(
                route.match(),
                route.isPublic(),
                route.policies(),
                route.ending(),
                route.maxBody(),
                route.timeout(),
                route.webSocket(),
                List.of(examples));
    }

    private Route route() {
        var plain = Compiling.route(pick("/users", "/users/**", "/v1/users", "/{v}/users", "/{v}/**", "/**"));
        var versioned = random.nextInt(3) > 0;
        var match = new Match(
                random.nextInt(4) == 0 ? List.of(pick("api.example", "*.example", "other.example")) : List.of(),
                plain.match().path(),
                "",
                random.nextInt(3) == 0 ? List.of(pick(Method.values())) : List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                100,
                versioned ? "users" : "",
                versioned ? pick("", "v1", "v2") : "",
                random.nextInt(3) == 0 ? List.of(pick("partner", "mobile", "tv")) : List.of(),
                random.nextInt(3));
        return new Route(
                match,
                random.nextBoolean(),
                List.of(),
                plain.ending(),
                plain.maxBody(),
                plain.timeout(),
                plain.webSocket());
    }

    private Api api() {
        var ways = new ArrayList<VersionNaming>();
        ways.add(pick(
                new VersionNaming.InPath(1),
                new VersionNaming.InHeader("x-version"),
                new VersionNaming.InMediaType("example"),
                new VersionNaming.InQuery("v")));
        sometimes(() -> ways.add(new VersionNaming.InHeader("X-Version")));
        boolean retired = random.nextInt(3) == 0;
        boolean withDefault = random.nextBoolean();
        return new Api(
                ways,
                List.of(new ApiVersion("v1", "", "", "", "", retired), ApiVersion.current("v2")),
                withDefault ? "v2" : "",
                withDefault && random.nextBoolean() ? Api.Unknown.DEFAULT : Api.Unknown.REFUSE,
                false);
    }

    private void sometimes(Runnable action) {
        if (random.nextInt(3) == 0) {
            action.run();
        }
    }

    @SafeVarargs
    private <T> T pick(T... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
