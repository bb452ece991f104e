package dev.gatehouse.node.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.live.Redis;
import dev.gatehouse.db.model.Consumer;
import dev.gatehouse.db.model.LimitOverride;
import dev.gatehouse.db.model.Plan;
import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.db.model.RouteCost;
import dev.gatehouse.db.model.Snapshot;
import dev.gatehouse.db.policy.ConcurrencyLimit;
import dev.gatehouse.db.policy.Cost;
import dev.gatehouse.db.policy.RateLimit;
import dev.gatehouse.db.policy.RateLimit.Mode;
import dev.gatehouse.db.policy.RateLimit.Per;
import dev.gatehouse.db.policy.RateLimit.WithoutRedis;
import dev.gatehouse.db.policy.Told;
import dev.gatehouse.node.HandMovedClock;
import dev.gatehouse.node.exchange.Body;
import dev.gatehouse.node.exchange.Caller;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Exchanges;
import dev.gatehouse.node.exchange.Handler;
import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.exchange.Rejection;
import dev.gatehouse.node.exchange.Response;
import dev.gatehouse.node.exchange.Violation;
import dev.gatehouse.node.limit.Limiter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClient;

/** Limits of plans, their costs and overrides, on one node whose Redis is away. */
class PlanLimitingTest {

    private static final Handler OK = _ -> new Response(200, new Headers(), Body.empty());

    private final HandMovedClock clock = new HandMovedClock();
    private final RedisClient redis = Redis.open("redis://127.0.0.1:1", "test", 1, Duration.ofMillis(100));
    private final Limiter limiter = new Limiter(redis, clock);
    private final Subscriptions subscriptions = new Subscriptions();

    @AfterEach
    void close() {
        limiter.close();
        redis.close();
    }

    private static RateLimit limit(String name, long requests, long burst, Cost cost, boolean observe, Told told) {
        return new RateLimit(
                requests,
                Duration.ofMinutes(1),
                burst,
                Per.CONSUMER,
                "",
                cost,
                Mode.LEASED,
                WithoutRedis.LOCAL,
                observe,
                told,
                name);
    }

    private static RateLimit limit(String name, long requests) {
        return limit(name, requests, 0, Cost.ONE, false, Told.DEFAULT);
    }

    private void subscribe(Plan plan, LimitOverride... overrides) {
        var consumer = new Consumer("").withPlans("gold").with(List.of(overrides));
        subscriptions.take(Snapshot.EMPTY.with("gold", plan).with("shop", consumer));
    }

    private RateLimiting on(String route, RateLimit... own) {
        return new RateLimiting(new RouteRates(route, List.of(own), subscriptions, limiter), limiter);
    }

    private static Exchange shop() {
        var exchange = Exchanges.get("/");
        exchange.caller(new Caller("shop", "key-1"));
        return exchange;
    }

    private int admitted(RateLimiting filter, int asking) {
        int admitted = 0;
        for (int i = 0; i < asking; i++) {
            admitted += filter.filter(shop(), OK).status() == 200 ? 1 : 0;
        }
        return admitted;
    }

    private static Violation violation(Response response) {
        return Objects.requireNonNull(
                Objects.requireNonNull(response.rejection()).violation());
    }

    @Test
    void holdsOnAllRoutesTogetherForWhoSubscribes() {
        subscribe(Plan.of(limit("calls", 5)));

        assertThat(admitted(on("users"), 3)).isEqualTo(3);
        assertThat(admitted(on("orders"), 9)).isEqualTo(2);
        var other = Exchanges.get("/");
        other.caller(new Caller("bank", "key-2"));
        assertThat(on("orders").filter(other, OK).status()).isEqualTo(200);
        assertThat(on("orders").filter(Exchanges.get("/"), OK).headers().contains("RateLimit"))
                .isFalse();
    }

    @Test
    void goesOnCountingWhenThePlanIsEdited() {
        subscribe(Plan.of(limit("calls", 5)));
        var users = on("users");
        assertThat(admitted(users, 9)).isEqualTo(5);
        subscribe(Plan.of(limit("calls", 7)));
        assertThat(admitted(users, 9)).isEqualTo(2);
        subscribe(Plan.of(limit("calls", 6)));
        assertThat(admitted(users, 9)).isZero();
    }

    @Test
    void takesOtherNumbersForAsLongAsTheOverrideHolds() {
        var until = clock.instant().plusSeconds(10).truncatedTo(ChronoUnit.SECONDS);
        subscribe(Plan.of(limit("calls", 5)), new LimitOverride("calls", 8, 0, until.toString()));
        var users = on("users");
        assertThat(admitted(users, 20)).isEqualTo(8);

        clock.advance(Duration.ofSeconds(55));
        assertThat(admitted(users, 20)).isZero();
        clock.advance(Duration.ofSeconds(6));
        assertThat(admitted(users, 20)).isEqualTo(5);
    }

    @Test
    void takesTheOverrideThatEndsFirstAndThenTheOther() {
        var until = clock.instant().plusSeconds(10).truncatedTo(ChronoUnit.SECONDS);
        subscribe(
                Plan.of(limit("calls", 5)),
                new LimitOverride("calls", 7, 0, ""),
                new LimitOverride("calls", 8, 0, until.toString()));
        var users = on("users");
        assertThat(admitted(users, 20)).isEqualTo(8);

        clock.advance(Duration.ofSeconds(61));
        assertThat(admitted(users, 20)).isEqualTo(7);
    }

    @Test
    void raisesABurstInProportion() {
        assertThat(new LimitOverride("calls", 200, 0, "").of(limit("calls", 100, 50, Cost.ONE, false, Told.DEFAULT)))
                .extracting(RateLimit::requests, RateLimit::burst)
                .containsExactly(200L, 100L);
    }

    @Test
    void costsWhatTheRouteCosts() {
        subscribe(new Plan(
                "",
                List.of("users", "search"),
                List.of(limit("calls", 10)),
                List.of(),
                List.of(new RouteCost("search", 4))));

        assertThat(admitted(on("search"), 9)).isEqualTo(2);
        assertThat(admitted(on("users"), 9)).isEqualTo(2);
        assertThat(admitted(on("elsewhere"), 9)).isEqualTo(9);
    }

    @Test
    void countsEachGroupOfTheCallerByItself() {
        var perGroup = new RateLimit(2, Duration.ofMinutes(1), Per.GROUP, Mode.LEASED, WithoutRedis.LOCAL, "groups");
        subscriptions.take(Snapshot.EMPTY
                .with("shop", new Consumer("").withGroups("retail", "partners"))
                .with("bank", new Consumer("").withGroups("partners"))
                .with("agency", new Consumer("").withGroups("public")));
        var users = on("users", perGroup);

        assertThat(users.filter(caller("bank"), OK).status()).isEqualTo(200);
        // both of its groups count it, or none does
        assertThat(admitted(users, 9)).isEqualTo(1);
        assertThat(users.filter(caller("bank"), OK).status()).isEqualTo(429);
        assertThat(users.filter(caller("agency"), OK).status()).isEqualTo(200);
        // who belongs to none, or is not known, counts with all others of that kind
        assertThat(users.filter(caller("nobody"), OK).status()).isEqualTo(200);
        assertThat(users.filter(Exchanges.get("/"), OK).status()).isEqualTo(200);
        assertThat(users.filter(caller("nobody"), OK).status()).isEqualTo(429);
    }

    private static Exchange caller(String consumer) {
        var exchange = Exchanges.get("/");
        exchange.caller(new Caller(consumer, "key-1"));
        return exchange;
    }

    @Test
    void takesNothingOfOtherLimitsWhenOneRefuses() {
        subscribe(Plan.of(limit("calls", 10)));
        assertThat(admitted(on("users", limit("own", 2)), 9)).isEqualTo(2);

        var answer = on("orders").filter(shop(), OK);
        assertThat(answer.headers().first("RateLimit").orElseThrow()).startsWith("\"calls\";r=7;t=");
    }

    @Test
    void takesNothingWhenALimitBehindItRefuses() {
        subscribe(Plan.of(limit("calls", 2)));
        var users = on("users");
        for (int i = 0; i < 9; i++) {
            var refused = users.filter(
                    shop(),
                    _ -> Rejection.of(Refusal.TOO_MANY_AT_ONCE, "too many").toResponse());
            assertThat(refused.rejection()).extracting("refusal").isEqualTo(Refusal.TOO_MANY_AT_ONCE);
            users.filter(
                    shop(),
                    _ -> Rejection.of(Refusal.BODY_TOO_LARGE, "more than there ever is")
                            .by("quota")
                            .toResponse());
        }
        assertThat(admitted(users, 9)).isEqualTo(2);
    }

    @Test
    void onlyObservesWhereItIsToldTo() {
        subscribe(Plan.of(limit("calls", 2, 0, Cost.ONE, true, Told.DEFAULT)));

        assertThat(admitted(on("users"), 9)).isEqualTo(9);
        assertThat(on("users").filter(shop(), OK).headers().contains("RateLimit"))
                .isFalse();
    }

    @Test
    void namesEveryLimitThatRefusesAndWhereToReadAboutThem() {
        subscribe(Plan.of(limit("calls", 1, 0, Cost.ONE, false, new Told(true, "https://docs.example.com/limits"))));
        var users = on("users", limit("own", 1));
        admitted(users, 1);

        var refused = users.filter(shop(), OK);
        assertThat(violation(refused).policies()).contains("own");
        assertThat(refused.headers().first("RateLimit-Policy")).contains("\"own\";q=1;w=60, \"calls\";q=1;w=60");
        assertThat(refused.headers().first("X-RateLimit-Limit")).contains("1");
        var alone = on("orders").filter(shop(), OK);
        assertThat(violation(alone))
                .extracting("policies", "documentation")
                .containsExactly(List.of("calls"), "https://docs.example.com/limits");
        assertThat(alone.headers().first("X-RateLimit-Remaining")).contains("0");
        assertThat(alone.headers().first("X-RateLimit-Reset"))
                .isEqualTo(alone.headers().first("Retry-After"));
    }

    @Test
    void chargesWhatTheServiceSays() {
        subscribe(Plan.of(limit("calls", 100, 0, new Cost(1, Cost.By.RESPONSE_HEADER, "X-Cost"), false, Told.DEFAULT)));
        var users = on("users");
        users.filter(shop(), _ -> new Response(200, Headers.of("X-Cost", "98"), Body.empty()))
                .close();
        users.filter(shop(), _ -> new Response(200, Headers.of("X-Cost", "none"), Body.empty()))
                .close();

        assertThat(admitted(users, 9)).isEqualTo(1);
    }

    @Test
    void chargesTheBytesThatWereSent() throws IOException {
        subscribe(Plan.of(limit("bytes", 1_000, 0, new Cost(1, Cost.By.RESPONSE_BYTES, ""), false, Told.DEFAULT)));
        var users = on("users");
        try (var answer = users.filter(shop(), _ -> new Response(200, new Headers(), Body.of(new byte[5_000])))) {
            assertThat(answer.headers().first("RateLimit-Policy"))
                    .contains("\"bytes\";q=1000;qu=\"content-bytes\";w=60");
            assertThat(answer.body().stream().readAllBytes()).hasSize(5_000);
        }

        assertThat(admitted(users, 9)).isZero();
    }

    @Test
    void chargesAnObservingLimitOnlyWhatItWouldHaveLetPass() {
        subscribe(Plan.of(limit("bytes", 1_000, 0, new Cost(1, Cost.By.RESPONSE_BYTES, ""), true, Told.DEFAULT)));
        var users = on("users");
        for (int seconds : new int[] {0, 30, 32}) {
            clock.advance(Duration.ofSeconds(seconds));
            read(users.filter(shop(), _ -> new Response(200, new Headers(), Body.of(new byte[5_000]))));
        }

        // of what it would have refused after half a minute nothing was sent, had it refused
        assertThat(Objects.requireNonNull(
                                limiter.sightings().wouldRefuseByLimit().get("bytes"))
                        .sum())
                .isEqualTo(1);
    }

    private static void read(Response response) {
        try (response) {
            response.body().stream().readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void saysThatABodyIsTooLargeForALimitThatNeverHasSoMuch() {
        subscribe(Plan.of(limit("bytes", 1_000, 0, new Cost(1, Cost.By.REQUEST_BYTES, ""), false, Told.DEFAULT)));
        var users = on("users");
        var exchange = shop();
        exchange.body(Body.of(new byte[1_001]));

        var refused = users.filter(exchange, OK);

        assertThat(refused.status()).isEqualTo(413);
        assertThat(refused.headers().contains("Retry-After")).isFalse();
        assertThat(Objects.requireNonNull(refused.rejection()).reason())
                .isEqualTo("Limit 'bytes' admits 1000 bytes in 1m per consumer, and this takes 1001.");
        exchange.body(Body.of(new byte[1_000]));
        assertThat(users.filter(exchange, OK).status()).isEqualTo(200);
    }

    @Test
    void holdsASlotUntilTheAnswerIsSent() {
        var limit = new ConcurrencyLimit(2, Per.CONSUMER, "", WithoutRedis.LOCAL, false, Told.DEFAULT, "at-once");
        var filter = new ConcurrencyLimiting("users", List.of(limit), subscriptions, limiter);
        var running = new ArrayList<Response>();
        running.add(filter.filter(shop(), OK));
        running.add(filter.filter(shop(), OK));

        var refused = filter.filter(shop(), OK);
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.headers().first("RateLimit-Policy")).contains("\"at-once\";q=2;qu=\"concurrent-requests\"");
        running.getFirst().close();
        running.getFirst().close();
        assertThat(filter.filter(shop(), OK).status()).isEqualTo(200);
        assertThat(filter.filter(shop(), OK).status()).isEqualTo(429);
    }

    @Test
    void givesTheSlotBackWhenTheRequestFails() {
        var limit = new ConcurrencyLimit(1, Per.GLOBAL, "", WithoutRedis.LOCAL, false, Told.DEFAULT, "at-once");
        var filter = new ConcurrencyLimiting("users", List.of(limit), subscriptions, limiter);
        for (int i = 0; i < 3; i++) {
            try {
                filter.filter(shop(), _ -> {
                    throw new IllegalStateException("broken");
                });
            } catch (IllegalStateException e) {
                assertThat(e).hasMessage("broken");
            }
        }
        assertThat(filter.filter(shop(), OK).status()).isEqualTo(200);
    }
}
