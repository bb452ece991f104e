package dev.gatehouse.node.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.db.live.Counts;
import dev.gatehouse.db.live.LiveTraffic;
import dev.gatehouse.db.live.Redis;
import dev.gatehouse.db.live.VersionCalls;
import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.deploy.servers.RedisServer;
import dev.gatehouse.node.exchange.Attempt;
import dev.gatehouse.node.exchange.Body;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Exchanges;
import dev.gatehouse.node.exchange.Handler;
import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.exchange.PathParameters;
import dev.gatehouse.node.exchange.Rejection;
import dev.gatehouse.node.exchange.Response;
import dev.gatehouse.node.exchange.VersionCall;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisException;

/** Counts on their way to a real Redis. */
class LiveStatsTest {

    private final RedisServer server = RedisServer.temporary();
    private final RedisClient redis = Redis.open(server.url(), "test", 4, Duration.ofSeconds(10));
    private final LiveTraffic live = new LiveTraffic(redis);
    private final VersionCalls versions = new VersionCalls(redis);
    private final long from = now() - 1;
    private LiveStats stats;

    @BeforeEach
    void start() {
        stats = new LiveStats(LiveStatsTest::answer, live, versions, Clock.systemUTC());
    }

    @AfterEach
    void stop() {
        stats.close();
        redis.close();
        server.close();
    }

    /** The path is the route, the query what becomes of it. */
    private static Response answer(Exchange exchange) {
        if (!exchange.path().equals("/")) {
            exchange.route(exchange.path().substring(1), PathParameters.NONE);
        }
        return switch (String.valueOf(exchange.query())) {
            case "ok" -> new Response(200, new Headers(), Body.empty());
            case "again" -> {
                exchange.attempted(new Attempt("http://a:1", null, 502, null, 0, 1, false, null));
                exchange.attempted(new Attempt("http://b:1", null, 200, null, 1, 1, false, exchange.attempts()));
                yield new Response(200, new Headers(), Body.empty());
            }
            case "gone" -> new Response(410, new Headers(), Body.empty());
            case "limited" -> Response.of(Rejection.of(Refusal.RATE_LIMITED, "Too many."));
            case "unknown" -> Response.of(Rejection.of(Refusal.NO_ROUTE, "No route."));
            default -> throw new IllegalStateException("a fault of the gateway");
        };
    }

    @Test
    void countsAnswersAndRefusalsByRoute() {
        ask("/users?ok", "/users?ok", "/users?gone", "/users?limited", "/orders?limited");

        await().untilAsserted(() -> {
            var routes = live.routes(from, now());
            assertThat(routes.keySet()).containsExactlyInAnyOrder("users", "orders");
            assertThat(routes.get("users")).satisfies(counts(Map.of("2xx", 2L, "4xx", 1L), Map.of("rate-limited", 1L)));
            assertThat(routes.get("orders")).satisfies(counts(Map.of(), Map.of("rate-limited", 1L)));
        });
    }

    @Test
    void countsWhatWasSentAgain() {
        ask("/users?ok", "/users?again", "/users?again");

        await().untilAsserted(() -> assertThat(seconds().again()).isEqualTo(2));
        assertThat(live.routes(from, now()).values()).extracting(Counts::again).containsExactly(2L);
    }

    @Test
    void measuresWhatAServiceAnsweredAndNotWhatTheGatewayRefused() {
        ask("/users?ok", "/users?gone", "/users?limited");

        await().untilAsserted(() -> assertThat(seconds().latency().values().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .isEqualTo(2));
    }

    @Test
    void countsWhatBelongsToNoRoute() {
        ask("/?unknown", "/?unknown");

        await().untilAsserted(() -> assertThat(seconds()).satisfies(counts(Map.of(), Map.of("no-route", 2L))));
        assertThat(live.routes(from, now())).isEmpty();
    }

    @Test
    void countsWhoCallsWhichVersion() {
        Handler versioned = exchange -> {
            exchange.versionCall(new VersionCall("users", "v1", "shop"));
            return answer(exchange);
        };
        try (var around = new LiveStats(versioned, live, versions, Clock.systemUTC())) {
            around.handle(Exchanges.get("/users?ok"));
            around.handle(Exchanges.get("/users?limited"));
            await().untilAsserted(() -> assertThat(versions.of("users", "v1", Instant.now()))
                    .singleElement()
                    .satisfies(usage -> {
                        assertThat(usage.consumer()).isEqualTo("shop");
                        assertThat(usage.week()).isEqualTo(2);
                    }));
        }
    }

    @Test
    void countsWhatTheListenerHasRefused() {
        stats.refused(Refusal.REQUEST_TIMEOUT);

        await().untilAsserted(() -> assertThat(seconds()).satisfies(counts(Map.of(), Map.of("request-timeout", 1L))));
        assertThat(live.routes(from, now())).isEmpty();
    }

    @Test
    void countsTheGatewaysOwnFaults() {
        assertThatIllegalStateException().isThrownBy(() -> ask("/users?fault"));

        await().untilAsserted(() -> {
            assertThat(seconds()).satisfies(counts(Map.of(), Map.of("internal", 1L)));
            assertThat(live.routes(from, now()).get("users")).satisfies(counts(Map.of(), Map.of("internal", 1L)));
        });
    }

    @Test
    void handsTheAnswerBackAsItIs() {
        var response = new Response(200, new Headers(), Body.empty());
        Handler backend = _ -> response;
        try (var around = new LiveStats(backend, live, versions, Clock.systemUTC())) {
            assertThat(around.handle(Exchanges.get("/"))).isSameAs(response);
        }
    }

    @Test
    void goesOnCountingAfterRedisWasAway() {
        server.kill();
        ask("/users?ok");
        try (var again = server.restart()) {
            await().ignoreExceptionsInstanceOf(JedisException.class).untilAsserted(() -> {
                ask("/users?ok");
                assertThat(live.routes(from, now())).containsKey("users");
            });
            assertThat(again.port()).isEqualTo(server.port());
        }
    }

    @Test
    void sendsWhatItHasWhenItEnds() {
        ask("/users?ok");
        stats.close();

        assertThat(live.routes(from, now()).get("users")).satisfies(counts(Map.of("2xx", 1L), Map.of()));
    }

    private void ask(String... targets) {
        for (var target : targets) {
            stats.handle(Exchanges.get(target)).close();
        }
    }

    private static Consumer<@Nullable Counts> counts(Map<String, Long> answers, Map<String, Long> refusals) {
        return counts -> {
            assertThat(counts).isNotNull();
            assertThat(counts.answers()).isEqualTo(answers);
            assertThat(counts.refusals()).isEqualTo(refusals);
        };
    }

    /** All that was counted since the test began. */
    private Counts seconds() {
        List<LiveTraffic.Second> seconds = live.seconds(from, now());
        return seconds.stream()
                .map(LiveTraffic.Second::counts)
                .flatMap(Optional::stream)
                .reduce(Counts.NONE, Counts::plus);
    }

    private static long now() {
        return Instant.now().getEpochSecond();
    }
}
