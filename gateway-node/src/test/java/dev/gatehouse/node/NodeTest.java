package dev.gatehouse.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.db.live.LiveTraffic;
import dev.gatehouse.db.live.Redis;
import dev.gatehouse.db.store.TargetState;
import dev.gatehouse.deploy.servers.PostgresServer;
import dev.gatehouse.deploy.servers.RedisServer;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes on one database and one Redis, from a published revision to the answer. */
class NodeTest {

    private final Upstream upstream = Upstream.echo();
    private Site site;
    private Main first;
    private Main second;
    private String key;

    @BeforeEach
    void start(@TempDir Path folder) {
        site = new Site(PostgresServer.shared(), RedisServer.shared().url(), folder);
        first = site.start("first");
        second = site.start("second");
        key = site.configure(users(60));
    }

    @AfterEach
    void stop() {
        site.close();
        upstream.close();
    }

    @Test
    void refusesACallWithoutAKeyAndSaysHowToSendOne() {
        var answer = Call.get(first, "/api/users");

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer realm=\"gatehouse\"");
        var id = answer.headers().firstValue("X-Request-Id").orElseThrow();
        assertThat(answer.body()).contains("\"code\":\"key-missing\"", "\"requestId\":\"" + id + "\"", "X-API-Key");
    }

    @Test
    void refusesAKeyThatIsNoneLikeOneThatIsUnknown() {
        var unknown = "gk_live_000000000000000000000000000000000000000000000000";

        var none = Call.get(first, "/api/users", "X-API-Key", "hello");
        var other = Call.get(first, "/api/users", "X-API-Key", unknown);

        assertThat(none.statusCode()).isEqualTo(401);
        assertThat(none.body().replaceAll("\"requestId\":\"[^\"]*\"", ""))
                .isEqualTo(other.body().replaceAll("\"requestId\":\"[^\"]*\"", ""));
    }

    @Test
    void forwardsToTheServiceAndKeepsTheKeyToItself() {
        var answer = Call.get(first, "/api/users/7?full=yes", "Authorization", "Bearer " + key);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .startsWith("GET /users/7?full=yes\n")
                .doesNotContain(key)
                .contains("X-request-id");
    }

    @Test
    void admitsExactlyTheLimitWhicheverNodeIsAsked() throws Exception {
        var calls = new ArrayList<Future<HttpResponse<String>>>();
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 200; i++) {
                var node = i % 2 == 0 ? first : second;
                calls.add(callers.submit(() -> Call.get(node, "/api/users", "X-API-Key", key)));
            }
        }

        int admitted = 0;
        for (var call : calls) {
            var answer = call.get();
            if (answer.statusCode() == 200) {
                admitted++;
            } else {
                assertThat(answer.statusCode()).isEqualTo(429);
                long wait = Long.parseLong(
                        answer.headers().firstValue("Retry-After").orElseThrow());
                assertThat(wait).isBetween(1L, 61L);
                assertThat(answer.body()).contains("\"code\":\"rate-limited\"", "\"policy\":\"rate-limit\"");
            }
        }
        assertThat(admitted).isEqualTo(60);
    }

    @Test
    void tellsWhichTargetIsOutOfUseAndWhyAndServesWithTheOther() {
        site.configure("""
                services:
                  users:
                    targets: [ "%s", "http://127.0.0.1:1" ]
                    health: { kind: tcp, interval: 100ms }
                routes:
                  users: { match: { path: /users }, public: true, forward: { service: users } }
                """.formatted(upstream.url()));

        await().until(() -> site.reports().stream()
                .allMatch(known -> known.report().targets().stream()
                        .anyMatch(state -> state.target().equals("http://127.0.0.1:1")
                                && state.condition() == TargetState.Condition.UNHEALTHY)));
        var problem = "Service 'users': http://127.0.0.1:1 is unhealthy: no connection: Connection refused.";
        // the first check of all may have taken too long
        await().until(() -> site.reports().getFirst().report().problems().contains(problem)
                && Call.get(first.adminPort(), "/ready").body().contains(problem));
        for (int i = 0; i < 4; i++) {
            assertThat(Call.get(first, "/users").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void saysHowMuchIsLeft() {
        var answer = Call.get(second, "/api/users", "X-API-Key", key);

        assertThat(answer.headers().firstValue("RateLimit-Policy")).contains("\"users-api\";q=60;w=60");
        assertThat(answer.headers().firstValue("RateLimit").orElseThrow()).startsWith("\"users-api\";r=59;t=");
    }

    @Test
    void servesANewRouteOnEveryNodeOnceItIsPublished() {
        assertThat(Call.get(second, "/hello").statusCode()).isEqualTo(404);

        site.configure(users(60) + """
                  hello: { match: { path: /hello }, public: true, forward: { service: users } }
                """);

        assertThat(Call.get(first, "/hello").body()).startsWith("GET /hello\n");
        assertThat(Call.get(second, "/hello").body()).startsWith("GET /hello\n");
    }

    @Test
    void refusesARevokedKeyOnEveryNode() {
        assertThat(Call.get(second, "/api/users", "X-API-Key", key).statusCode())
                .isEqualTo(200);

        site.revoke(key.substring("gk_live_".length(), "gk_live_".length() + 8));

        assertThat(Call.get(first, "/api/users", "X-API-Key", key).body()).contains("key-refused");
        assertThat(Call.get(second, "/api/users", "X-API-Key", key).body()).contains("key-refused");
    }

    @Test
    void saysWhichMethodsARouteTakes() throws Exception {
        var answer = Call.CLIENT.send(
                Call.request(first.port(), "/api/users", "X-API-Key", key)
                        .DELETE()
                        .build(),
                BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).contains("GET, HEAD");
    }

    @Test
    void streamsBothWays() throws Exception {
        try (var slow = new Upstream(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (var in = exchange.getRequestBody();
                    var out = exchange.getResponseBody()) {
                in.transferTo(out);
            }
        })) {
            site.configure("""
                    services: { slow: { targets: [ "%s" ] } }
                    routes:
                      slow: { match: { path: /copy }, public: true, forward: { service: slow } }
                    """.formatted(slow.url()));
            var sent = new byte[3 << 20];
            sent[sent.length - 1] = 7;

            var answer = Call.CLIENT.send(
                    Call.request(first.port(), "/copy")
                            .POST(BodyPublishers.ofByteArray(sent))
                            .build(),
                    BodyHandlers.ofByteArray());

            assertThat(answer.body()).isEqualTo(sent);
        }
    }

    @Test
    void countsWhatItAnswers() {
        long from = Instant.now().getEpochSecond();
        Call.get(first, "/api/users", "X-API-Key", key);
        Call.get(second, "/api/users", "X-API-Key", key);
        Call.get(second, "/api/users");

        try (var redis = Redis.open(RedisServer.shared().url(), "test", 2, Duration.ofSeconds(5))) {
            var live = new LiveTraffic(redis);
            await().untilAsserted(() -> {
                var counts = live.routes(from, Instant.now().getEpochSecond()).get("users-api");
                assertThat(counts).isNotNull();
                assertThat(counts.answers()).containsEntry("2xx", 2L);
                assertThat(counts.refusals()).containsEntry("key-missing", 1L);
            });
        }
    }

    @Test
    void reportsTheRevisionItServes() {
        var reports = site.reports();

        assertThat(reports).extracting(known -> known.report().name()).containsExactly("first", "second");
        assertThat(reports).allSatisfy(known -> {
            assertThat(known.serving()).isTrue();
            assertThat(known.report().version().orElseThrow().revision()).isEqualTo(1);
            assertThat(known.report().problems()).isEmpty();
        });
    }

    @Test
    void reportsAgainWhereItsReportWasTakenAway() {
        site.forget("first");

        await().untilAsserted(() -> assertThat(site.reports())
                .extracting(known -> known.report().name())
                .containsExactly("first", "second"));
    }

    @Test
    void isReadyOnceItServesAConfiguration() {
        assertThat(Call.health(first, "/live").statusCode()).isEqualTo(200);
        var ready = Call.health(first, "/ready");
        assertThat(ready.statusCode()).isEqualTo(200);
        assertThat(ready.body()).contains("\"state\":\"ready\"", "\"revision\":1");
    }

    @Test
    void finishesWhatRunsBeforeItStops() throws Exception {
        var arrived = new CountDownLatch(1);
        var mayEnd = new CountDownLatch(1);
        try (var slow = new Upstream(exchange -> {
                    arrived.countDown();
                    waitFor(mayEnd);
                    Upstream.answer(exchange, "done");
                });
                var caller = Executors.newVirtualThreadPerTaskExecutor()) {
            site.configure("""
                    services: { slow: { targets: [ "%s" ] } }
                    routes:
                      slow: { match: { path: /slow }, public: true, forward: { service: slow } }
                    """.formatted(slow.url()));
            var running = caller.submit(() -> Call.get(first, "/slow"));
            arrived.await();

            var stopping = caller.submit(() -> site.stop("first"));
            await().until(() -> Call.health(first, "/ready").statusCode() == 503);
            assertThat(stopping.isDone()).isFalse();
            mayEnd.countDown();

            assertThat(running.get().body()).isEqualTo("done");
            stopping.get();
        }
    }

    private static void waitFor(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    /** Ends with its routes, so that a test may add one. */
    private String users(int requests) {
        return """
                services: { users: { targets: [ "%s" ] } }
                consumers: { web-shop: { keys: [ demo ] } }
                routes:
                  users-api:
                    match: { path: "/api/users/**", methods: [GET] }
                    policies: [ { rate-limit: { requests: %d, window: 1m, per: consumer } } ]
                    forward: { service: users, rewrite: "/users/**" }
                """.formatted(upstream.url(), requests);
    }
}
