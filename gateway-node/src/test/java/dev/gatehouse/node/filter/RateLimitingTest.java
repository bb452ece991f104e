package dev.gatehouse.node.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.live.Redis;
import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.db.policy.Cost;
import dev.gatehouse.db.policy.RateLimit;
import dev.gatehouse.db.policy.RateLimit.Per;
import dev.gatehouse.db.policy.RateLimit.WithoutRedis;
import dev.gatehouse.db.policy.Told;
import dev.gatehouse.node.HandMovedClock;
import dev.gatehouse.node.exchange.Body;
import dev.gatehouse.node.exchange.Caller;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Exchanges;
import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.exchange.Response;
import dev.gatehouse.node.limit.Limiter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import redis.clients.jedis.RedisClient;

/** On one node whose Redis is away, so that the clock of the test is the one that counts. */
class RateLimitingTest {

    private final HandMovedClock clock = new HandMovedClock();
    private final RedisClient redis = Redis.open("redis://127.0.0.1:1", "test", 1, Duration.ofMillis(100));
    private final Limiter limiter = new Limiter(redis, clock);
    private final Subscriptions subscriptions = new Subscriptions();
    private int served;

    @AfterEach
    void close() {
        limiter.close();
        redis.close();
    }

    @Test
    void refusesTheCallerOnceTheLimitIsUsedUp() {
        var filter = filter(3, Per.ROUTE);

        for (int left = 2; left >= 0; left--) {
            var answer = ask(filter, Exchanges.get("/"));
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.headers().first("RateLimit-Policy")).contains("\"users-api\";q=3;w=60");
            assertThat(answer.headers().first("RateLimit").orElseThrow()).startsWith("\"users-api\";r=" + left + ";t=");
        }
        var refused = ask(filter, Exchanges.get("/"));

        assertThat(served).isEqualTo(3);
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.rejection())
                .extracting("refusal", "policy")
                .containsExactly(Refusal.RATE_LIMITED, "rate-limit");
        assertThat(refused.headers().first("Retry-After")).contains("61");
        assertThat(refused.headers().first("RateLimit")).contains("\"users-api\";r=0;t=61");
        assertThat(refused.rejection())
                .extracting("reason")
                .isEqualTo("Limit 'users-api' admits 3 requests in 1m per route. Try again in 61 s.");
    }

    @Test
    void admitsAgainAfterTheTimeItNamed() {
        var filter = filter(1, Per.ROUTE);
        ask(filter, Exchanges.get("/"));
        var wait =
                ask(filter, Exchanges.get("/")).headers().first("Retry-After").orElseThrow();

        clock.advance(Duration.ofSeconds(Long.parseLong(wait)));

        assertThat(ask(filter, Exchanges.get("/")).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "CONSUMER, shop:key-1, shop:key-2, true",
        "CONSUMER, shop:key-1, bank:key-1, false",
        "KEY,      shop:key-1, shop:key-2, false",
        "KEY,      shop:key-1, shop:key-1, true",
        "ROUTE,    shop:key-1, bank:key-2, true",
        "CLIENT_TYPE, shop:key-1, bank:key-2, true",
        "ADDRESS,  shop:key-1, bank:key-2, true",
    })
    void countsWhomItIsToldTo(Per per, String first, String second, boolean together) {
        var filter = filter(1, per);

        ask(filter, called(first, "192.0.2.1"));

        assertThat(ask(filter, called(second, "192.0.2.1")).status()).isEqualTo(together ? 429 : 200);
    }

    @Test
    void aRotatedKeyGoesOnWhereTheOldOneWas() {
        var filter = filter(1, Per.KEY);
        ask(filter, called("shop:key-1", "192.0.2.1"));

        var rotated = called("shop:key-2", "192.0.2.1");
        rotated.caller(new Caller("shop", "key-2", "key-1", Set.of(), Map.of()));

        assertThat(ask(filter, rotated).status()).isEqualTo(429);
    }

    @Test
    void countsEachTypeOfClientsByItself() {
        var filter = filter(1, Per.CLIENT_TYPE);
        var mobile = called("shop:key-1", "192.0.2.1");
        mobile.clientType("mobile");
        var web = called("shop:key-1", "192.0.2.1");
        web.clientType("web");
        assertThat(ask(filter, mobile).status()).isEqualTo(200);
        assertThat(ask(filter, web).status()).isEqualTo(200);
        assertThat(ask(filter, mobile).status()).isEqualTo(429);
    }

    @ParameterizedTest
    @CsvSource({
        "acme, acme, true",
        "acme, zeta, false",
        // a long one counts under its digest, and one that is not there under nothing
        "'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx', 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxy', false",
        ", acme, false",
        ", , true",
    })
    void countsPerClaimOfTheCredential(@Nullable String first, @Nullable String second, boolean together) {
        var limit = new RateLimit(
                1,
                Duration.ofMinutes(1),
                0,
                Per.CLAIM,
                "tenant",
                Cost.ONE,
                RateLimit.Mode.LEASED,
                WithoutRedis.LOCAL,
                false,
                Told.DEFAULT,
                "");
        var filter = limiting("users-api", limit);

        assertThat(ask(filter, claiming("shop", first)).status()).isEqualTo(200);

        assertThat(ask(filter, claiming("bank", second)).status()).isEqualTo(together ? 429 : 200);
    }

    private static Exchange claiming(String consumer, @Nullable String tenant) {
        var exchange = Exchanges.get("/");
        exchange.caller(
                new Caller(consumer, "key-1", Set.of(), tenant == null ? Map.of() : Map.of("tenant", (Object) tenant)));
        return exchange;
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1,              192.0.2.1,              true",
        "192.0.2.1,              192.0.2.2,              false",
        "::ffff:192.0.2.1,       192.0.2.1,              true",
        "2001:db8:1:2::1,        2001:db8:1:2:ff::9,     true",
        "2001:db8:1:2::1,        2001:db8:1:3::1,        false",
        "2001:db8:1:2::1,        2001:db9:1:2::1,        false",
    })
    void countsAnAddressOrASixtyFour(String first, String second, boolean together) {
        for (var per : new Per[] {Per.ADDRESS, Per.CONSUMER, Per.KEY}) {
            // without a caller the address stands in, under its own count
            var filter = limiting("of-" + per, limit(1, per, WithoutRedis.LOCAL, ""));

            ask(filter, Exchanges.from(first));

            assertThat(ask(filter, Exchanges.from(second)).status())
                    .as(per.toString())
                    .isEqualTo(together ? 429 : 200);
        }
    }

    @Test
    void countsAnonymousCallersPerKeyByTheirAddresses() {
        var filter = filter(1, Per.KEY);

        assertThat(ask(filter, anonymous("192.0.2.1")).status()).isEqualTo(200);
        assertThat(ask(filter, anonymous("192.0.2.2")).status()).isEqualTo(200);
        assertThat(ask(filter, anonymous("192.0.2.1")).status()).isEqualTo(429);
    }

    private static Exchange anonymous(String address) {
        var exchange = Exchanges.from(address);
        exchange.caller(Caller.anonymous("everybody"));
        return exchange;
    }

    @Test
    void neverTakesAConsumerForAnAddress() {
        var filter = filter(1, Per.CONSUMER);

        ask(filter, Exchanges.from("192.0.2.1"));

        assertThat(ask(filter, called("address:192.0.2.1:key", "192.0.2.1")).status())
                .isEqualTo(200);
    }

    @Test
    void sharesTheCountOfOneNameAcrossRoutes() {
        var shared = limit(1, Per.ROUTE, WithoutRedis.LOCAL, "all-apis");

        ask(limiting("users", shared), Exchanges.get("/"));
        var other = ask(limiting("orders", shared), Exchanges.get("/"));
        var alone = ask(limiting("orders", limit(1, Per.ROUTE, WithoutRedis.LOCAL, "")), Exchanges.get("/"));

        assertThat(other.headers().first("RateLimit-Policy")).contains("\"all-apis\";q=1;w=60");
        assertThat(other.status()).isEqualTo(429);
        assertThat(alone.status()).isEqualTo(200);
    }

    @Test
    void admitsNothingThatCannotBeCountedWhereItSaysSo() {
        var filter = limiting("users-api", limit(9, Per.ROUTE, WithoutRedis.DENY, ""));

        var answer = ask(filter, Exchanges.get("/"));

        assertThat(served).isZero();
        assertThat(answer.rejection())
                .extracting("refusal", "policy")
                .containsExactly(Refusal.LIMITER_UNAVAILABLE, "rate-limit");
        assertThat(answer.headers().first("Retry-After")).contains("1");
    }

    @Test
    void tellsTheRestOnEveryAnswerAlsoOnARefusalBehindIt() {
        var filter = filter(2, Per.ROUTE);

        var answer = filter.filter(
                Exchanges.get("/"), _ -> new Response(404, Headers.of("RateLimit", "\"inner\";r=1;t=1"), Body.empty()));

        assertThat(answer.headers().all("RateLimit")).hasSize(2).first().isEqualTo("\"inner\";r=1;t=1");
    }

    private RateLimiting limiting(String route, RateLimit... limits) {
        return new RateLimiting(new RouteRates(route, List.of(limits), subscriptions, limiter), limiter);
    }

    private RateLimiting filter(long requests, Per per) {
        return limiting("users-api", limit(requests, per, WithoutRedis.LOCAL, ""));
    }

    private static RateLimit limit(long requests, Per per, WithoutRedis without, String name) {
        return new RateLimit(requests, Duration.ofMinutes(1), per, RateLimit.Mode.LEASED, without, name);
    }

    private Response ask(RateLimiting filter, Exchange exchange) {
        return filter.filter(exchange, _ -> {
            served++;
            return new Response(200, new Headers(), Body.empty());
        });
    }

    /** @param caller consumer, colon, key id */
    private static Exchange called(String caller, String address) {
        int colon = caller.lastIndexOf(':');
        var exchange = Exchanges.from(address);
        exchange.caller(new Caller(caller.substring(0, colon), caller.substring(colon + 1)));
        return exchange;
    }
}
