package dev.gatehouse.db.model;

import static dev.gatehouse.db.Samples.consumer;
import static dev.gatehouse.db.Samples.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.settings.Problem;
import dev.gatehouse.db.settings.Settings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecognitionRulesTest {

    private static final Api USERS = Settings.read(
                    Api.class,
                    Map.of("named-by", List.of(Map.of("header", "X-Version")), "versions", List.of("v1", "v2")))
            .orThrow();
    private static final ClientType MOBILE = new ClientType(List.of(new ClientSign.ByUserAgent("okhttp", "")), 0);

    private final Map<String, Route> routes = new HashMap<>();
    private final Map<String, Api> apis = new HashMap<>(Map.of("users", USERS));
    private final Map<String, ClientType> types = new HashMap<>(Map.of("mobile", MOBILE));

    private void route(String name, Map<String, Object> match) {
        var whole = new HashMap<>(match);
        whole.put("path", "/users");
        routes.put(
                name,
                Settings.read(Route.class, Map.of("match", whole, "forward", Map.of("service", "users")))
                        .orThrow());
    }

    private List<Problem> problems() {
        return SnapshotRules.check(new Snapshot(
                Map.of("users", service(9101)), routes, Map.of("shop", consumer("")), Map.of(), apis, types));
    }

    @Test
    void letsRoutesOfOneApiShareAPathAndDifferByVersion() {
        route("one", Map.of("api", "users", "version", "v1"));
        route("two", Map.of("api", "users", "version", "v2"));
        route("any", Map.of("api", "users"));
        assertThat(problems()).isEmpty();
    }

    @Test
    void refusesTwoRoutesOfOneVersion() {
        route("one", Map.of("api", "users", "version", "v1"));
        route("two", Map.of("api", "users", "version", "v1"));
        assertThat(problems())
                .extracting(Problem::path)
                .containsExactlyInAnyOrder("routes.one.match.path", "routes.two.match.path");
    }

    @Test
    void letsRoutesDifferByTheTypeOfTheirClients() {
        types.put("web", MOBILE);
        route("one", Map.of("clients", List.of("mobile")));
        route("two", Map.of("clients", List.of("web")));
        assertThat(problems()).isEmpty();
        route("two", Map.of("clients", List.of("web", "mobile")));
        assertThat(problems()).hasSize(2);
    }

    @Test
    void asksForTheApiTheVersionAndTheClientTypes() {
        route("one", Map.of("api", "orders", "clients", List.of("mobile", "iot")));
        route("two", Map.of("api", "users", "version", "v3"));
        assertThat(problems())
                .contains(
                        new Problem("routes.one.match.api", "There is no API 'orders'."),
                        new Problem("routes.one.match.clients[1]", "There is no client type 'iot'."),
                        new Problem("routes.two.match.version", "API 'users' has no version 'v3'; there are v1, v2."),
                        new Problem(
                                "apis.users.versions",
                                "Route 'two' takes version 'v3'; delete or change that route first."));
    }

    @Test
    void knowsWhoNamesAThing() {
        route("one", Map.of("api", "users", "version", "v1", "clients", List.of("mobile")));
        types.put("partner", new ClientType(List.of(new ClientSign.ByConsumer(List.of("shop"))), 0));
        var snapshot = new Snapshot(
                Map.of("users", service(9101)), routes, Map.of("shop", consumer("")), Map.of(), apis, types);
        assertThat(References.to(Kind.API, "users", snapshot))
                .containsExactly("Route 'one' is one of its routes; delete or change that route first.");
        assertThat(References.to(Kind.CLIENT_TYPE, "mobile", snapshot))
                .containsExactly("Route 'one' is for its clients; delete or change that route first.");
        assertThat(References.to(Kind.CONSUMER, "shop", snapshot))
                .containsExactly("Client type 'partner' recognises it; delete or change that client type first.");
        assertThat(References.to(Kind.SERVICE, "users", snapshot))
                .containsExactly("Route 'one' forwards to it; delete or change that route first.");
        assertThat(References.to(Kind.CLIENT_TYPE, "partner", snapshot)).isEmpty();
    }
}
