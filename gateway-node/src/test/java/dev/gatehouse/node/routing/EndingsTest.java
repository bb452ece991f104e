package dev.gatehouse.node.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.db.model.Route;
import dev.gatehouse.db.model.Service;
import dev.gatehouse.db.model.Snapshot;
import dev.gatehouse.db.settings.Settings;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Exchanges;
import dev.gatehouse.node.exchange.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** From the settings of a route to what ends its requests. */
class EndingsTest {

    private static final Service SOMEWHERE = Compiling.service("http://127.0.0.1:1");

    private final Compiling compiling = new Compiling();

    @AfterEach
    void close() {
        compiling.close();
    }

    @Test
    void redirects() {
        var table = compiling.table(Map.of(
                "old", route("/old/**", Map.of("redirect", Map.of("path", "/new/**", "status", "308")))));
        var answer = ask(table, Exchanges.get("/old/x?q=1"));
        assertThat(answer.status()).isEqualTo(308);
        assertThat(answer.headers().first("Location")).contains("https://api.example:8443/new/x?q=1");
        assertThat(answer.body().length()).isZero();
    }

    @Test
    void repliesTheSameEachTime() throws IOException {
        var reply = Map.of(
                "status",
                418,
                "content-type",
                "application/json",
                "body",
                "{\"tea\": \"\u00fc\"}",
                "headers",
                List.of(Map.of("name", "X-Pot", "value", "short")));
        var table = compiling.table(Map.of("tea", route("/tea", Map.of("reply", reply))));
        for (int i = 0; i < 2; i++) {
            var answer = ask(table, Exchanges.get("/tea"));
            assertThat(answer.status()).isEqualTo(418);
            assertThat(answer.headers().first("Content-Type")).contains("application/json");
            assertThat(answer.headers().first("X-Pot")).contains("short");
            assertThat(new String(answer.body().stream().readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("{\"tea\": \"\u00fc\"}");
            answer.headers().set("X-Pot", "stout");
        }
    }

    @Test
    void compilesAnewWhenAnyServiceThatItNamesChanged() {
        var split = List.of(Map.of("service", "users"), Map.of("service", "next"));
        var route =
                route("/a", Map.of("forward", Map.of("split", split, "mirror", List.of(Map.of("service", "copy")))));
        var first = compile(route, Map.of("users", SOMEWHERE, "next", SOMEWHERE, "copy", SOMEWHERE), RouteTable.NONE);
        var other = Compiling.service("http://127.0.0.1:2");

        var same =
                compile(route, Map.of("users", SOMEWHERE, "next", SOMEWHERE, "copy", SOMEWHERE, "more", other), first);
        assertThat(same.routes().get("a")).isSameAs(first.routes().get("a"));
        for (var changed : List.of("users", "next", "copy")) {
            var services = new java.util.HashMap<>(Map.of("users", SOMEWHERE, "next", SOMEWHERE, "copy", SOMEWHERE));
            services.put(changed, other);
            assertThat(compile(route, services, first).routes().get("a"))
                    .as(changed)
                    .isNotSameAs(first.routes().get("a"));
        }
    }

    @Test
    void answers503WhereAServiceOfASplitIsMissing() {
        var split = List.of(Map.of("service", "users"), Map.of("service", "gone"));
        var compiled = compiling.compile(
                Compiling.snapshot(Map.of("a", route("/a", Map.of("forward", Map.of("split", split))))),
                RouteTable.NONE);
        assertThat(compiled.problems()).containsExactly("Route 'a' answers 503: its service 'gone' does not exist.");
    }

    @Test
    void answersAPreflightRequestForARouteThatTakesNoOptions() {
        var cors = List.of(Map.of("cors", Map.of("origins", List.of("https://app.example"))));
        var table = compiling.table(Map.of(
                "api", route("/api/**", Map.of("reply", Map.of())),
                "users",
                        route(
                                "/api/users",
                                Map.of(
                                        "reply",
                                        Map.of(),
                                        "methods",
                                        List.of("GET"),
                                        "policies",
                                        cors,
                                        "public",
                                        false))));

        var allowed = ask(table, preflight("/api/users", "GET"));
        assertThat(allowed.status()).isEqualTo(204);
        assertThat(allowed.headers().first("Access-Control-Allow-Methods")).contains("GET, HEAD");
        // the other route takes it, and says nothing of origins
        assertThat(ask(table, preflight("/api/users", "PUT")).status()).isEqualTo(200);
        assertThat(ask(table, preflight("/api/other", "GET")).status()).isEqualTo(200);
        assertThat(Objects.requireNonNull(ask(table, Exchanges.get("/api/users", "Origin", "https://app.example"))
                                .rejection())
                        .refusal())
                .isEqualTo(Refusal.KEY_MISSING);
    }

    private static Exchange preflight(String path, String method) {
        return Exchanges.of("OPTIONS", path, "Origin", "https://app.example", "Access-Control-Request-Method", method);
    }

    private RouteTable compile(Route route, Map<String, Service> services, RouteTable previous) {
        return compiling
                .compile(new Snapshot(services, Map.of("a", route), Map.of(), Map.of()), previous)
                .table();
    }

    /** Public unless it says otherwise; {@code methods} are those of the match. */
    private static Route route(String path, Map<String, Object> settings) {
        var plain = new java.util.HashMap<>(settings);
        var methods = Objects.requireNonNullElse(plain.remove("methods"), List.of());
        plain.put("match", Map.of("path", path, "methods", methods));
        plain.putIfAbsent("public", true);
        return Settings.read(Route.class, plain).orThrow();
    }

    private static Response ask(RouteTable table, Exchange exchange) {
        return table.match(exchange).handle(exchange);
    }
}
