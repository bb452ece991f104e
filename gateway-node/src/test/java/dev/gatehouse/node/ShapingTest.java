package dev.gatehouse.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.deploy.servers.PostgresServer;
import dev.gatehouse.deploy.servers.RedisServer;
import dev.gatehouse.node.server.RawClient;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a route makes of its requests, from a published file to what service and client see. */
class ShapingTest {

    private final Upstream echo = Upstream.echo();
    private final Upstream stable = new Upstream(exchange -> Upstream.answer(exchange, "stable"));
    private final Upstream canary = new Upstream(exchange -> Upstream.answer(exchange, "canary"));
    private Site site;
    private Main first;
    private Main second;

    @BeforeEach
    void start(@TempDir Path folder) {
        site = new Site(PostgresServer.shared(), RedisServer.shared().url(), folder);
        first = site.start("first");
        second = site.start("second");
    }

    @AfterEach
    void stop() {
        site.close();
        echo.close();
        stable.close();
        canary.close();
    }

    private String configure(String routes) {
        return site.configure("""
                services:
                  echo: { targets: [ "%s" ] }
                  stable: { targets: [ "%s" ] }
                  canary: { targets: [ "%s" ] }
                consumers: { shop: { keys: [ demo ] } }
                routes:
                """.formatted(echo.url(), stable.url(), canary.url()) + routes.indent(2));
    }

    @Test
    void rewritesPathQueryHostAndHeadersWithWhatTheRequestHolds() {
        var key = configure("""
                users:
                  match: { path: "/users/{id}/{rest**}" }
                  policies:
                    - rewrite:
                        path: "/v2/{id}/all/{rest**}"
                        set-query: [ { name: user, value: "{id}" } ]
                        remove-query: [ debug ]
                        host: named
                        host-name: users.internal
                    - request-headers:
                        set: [ { name: X-Who, value: "{consumer} asks for {id}" } ]
                        remove: [ X-Secret ]
                    - response-headers: { set: [ { name: X-Served, value: "{request.id}" } ] }
                  forward: { service: echo }
                """);
        var answer = Call.get(first, "/users/a%26b/x/y?debug=1&q=2", "X-API-Key", key, "X-Secret", "s");
        assertThat(answer.body())
                .startsWith("GET /v2/a%26b/all/x/y?q=2&user=a%26b\n")
                .contains("Host: [users.internal]", "X-who: [shop asks for a%26b]")
                .doesNotContain("secret");
        assertThat(answer.headers().firstValue("X-Served"))
                .isPresent()
                .isEqualTo(answer.headers().firstValue("X-Request-Id"));
    }

    @Test
    void redirectsAndRepliesWithoutAService() {
        configure("""
                moved: { match: { path: "/old/**" }, public: true, redirect: { path: "/new/**", status: 308 } }
                robots:
                  match: { path: /robots.txt }
                  public: true
                  reply:
                    body: |
                      User-agent: *
                      Disallow: /
                """);
        var moved = Call.get(first, "/old/x?q=1");
        assertThat(moved.statusCode()).isEqualTo(308);
        assertThat(moved.headers().firstValue("Location")).contains("http://127.0.0.1:" + first.port() + "/new/x?q=1");

        var robots = Call.get(second, "/robots.txt");
        assertThat(robots.body()).isEqualTo("User-agent: *\nDisallow: /\n");
        assertThat(robots.headers().firstValue("Content-Type")).contains("text/plain; charset=utf-8");
    }

    @Test
    void keepsACallerOnAllNodesAndAcrossAChangeOfWeights() {
        var routes = """
                api:
                  match: { path: "/api" }
                  public: true
                  forward:
                    split: [ { service: stable, weight: %d }, { service: canary, weight: %d } ]
                    sticky: { by: cookie }
                """;
        configure(routes.formatted(50, 50));
        var cookies = IntStream.range(0, 40)
                .mapToObj(_ -> cookie(Call.get(first, "/api")))
                .toList();
        var before = services(first, cookies);
        assertThat(before).contains("stable", "canary");
        assertThat(services(second, cookies)).isEqualTo(before);

        configure(routes.formatted(20, 80));
        var after = services(second, cookies);
        for (int i = 0; i < cookies.size(); i++) {
            assertThat(after.get(i)).isIn(before.get(i), "canary");
        }
    }

    private static String cookie(HttpResponse<String> answer) {
        var given = answer.headers().firstValue("Set-Cookie").orElseThrow();
        return given.substring(0, given.indexOf(';'));
    }

    private static List<String> services(Main node, List<String> cookies) {
        return cookies.stream()
                .map(cookie -> Call.get(node, "/api", "Cookie", cookie).body())
                .toList();
    }

    @Test
    void mirrorsWhatItForwards() {
        var copies = new ConcurrentLinkedQueue<String>();
        try (var mirror = new Upstream(exchange -> {
            copies.add(exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Gatehouse-Mirror"));
            Upstream.answer(exchange, "mirrored");
        })) {
            site.configure("""
                    services: { stable: { targets: [ "%s" ] }, copy: { targets: [ "%s" ] } }
                    routes:
                      api:
                        match: { path: "/api/**" }
                        public: true
                        forward: { service: stable, rewrite: "/v1/**", mirror: [ { service: copy } ] }
                    """.formatted(stable.url(), mirror.url()));
            assertThat(Call.get(first, "/api/x?q").body()).isEqualTo("stable");
            await().until(() -> copies.contains("/v1/x?q true"));
        }
    }

    @Test
    void answersAPreflightRequestBeforeAnyKeyAndLetsAScriptReadARefusal() {
        configure("""
                users:
                  match: { path: /users, methods: [GET] }
                  policies:
                    - cors: { origins: [ "https://app.example" ], headers: [ X-API-Key ] }
                    - maintenance: { active: false }
                  forward: { service: echo }
                """);
        var preflight = RawClient.ask(first.port(), """
                OPTIONS /users HTTP/1.1
                Host: a
                Origin: https://app.example
                Access-Control-Request-Method: GET
                Access-Control-Request-Headers: x-api-key
                Connection: close

                """);
        assertThat(preflight.status()).isEqualTo(204);
        assertThat(preflight.header("Access-Control-Allow-Origin")).isEqualTo("https://app.example");
        assertThat(preflight.header("Access-Control-Allow-Headers")).isEqualTo("X-API-Key");

        var refused = Call.get(first, "/users", "Origin", "https://app.example");
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.headers().firstValue("Access-Control-Allow-Origin")).contains("https://app.example");
    }

    @Test
    void closesARouteForMaintenanceAndFailsAnotherOnPurpose() {
        configure("""
                closed:
                  match: { path: /closed }
                  policies: [ { maintenance: { message: Moving house., retry-after: 1h } } ]
                  forward: { service: echo }
                shaky:
                  match: { path: /shaky }
                  public: true
                  policies: [ { fault: { delay: 10ms, abort-percent: 100, abort-status: 502 } } ]
                  forward: { service: echo }
                """);
        var closed = Call.get(first, "/closed");
        assertThat(closed.statusCode()).isEqualTo(503);
        assertThat(closed.headers().firstValue("Retry-After")).contains("3600");
        assertThat(closed.body()).contains("\"code\":\"maintenance\"", "Moving house.", "\"policy\":\"maintenance\"");

        var failed = Call.get(first, "/shaky");
        assertThat(failed.statusCode()).isEqualTo(502);
        assertThat(failed.body()).contains("\"code\":\"fault-injected\"", "\"status\":502");
    }
}
