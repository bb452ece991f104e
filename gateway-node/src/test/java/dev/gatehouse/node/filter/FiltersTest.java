package dev.gatehouse.node.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.key.KeyText;
import dev.gatehouse.db.key.Pepper;
import dev.gatehouse.db.live.Redis;
import dev.gatehouse.db.model.Forward;
import dev.gatehouse.db.model.Match;
import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.db.model.Route;
import dev.gatehouse.db.model.WebSockets;
import dev.gatehouse.db.policy.Policy;
import dev.gatehouse.db.policy.RateLimit;
import dev.gatehouse.db.store.KeyStore.HashedKey;
import dev.gatehouse.node.HandMovedClock;
import dev.gatehouse.node.authentication.Attempts;
import dev.gatehouse.node.authentication.Credentials;
import dev.gatehouse.node.exchange.Body;
import dev.gatehouse.node.exchange.Exchanges;
import dev.gatehouse.node.exchange.Handler;
import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.exchange.Response;
import dev.gatehouse.node.identity.KeyTable;
import dev.gatehouse.node.identity.Keys;
import dev.gatehouse.node.limit.Limiter;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClient;

class FiltersTest {

    private static final Pepper PEPPER = new Pepper(1, "a pepper for tests only");

    private final HandMovedClock clock = new HandMovedClock();
    private final RedisClient redis = Redis.open("redis://127.0.0.1:1", "test", 1, Duration.ofMillis(100));
    private final Limiter limiter = new Limiter(redis, clock);
    private final KeyTable table = new KeyTable();
    private final Filters filters =
            new Filters(new Credentials(new Keys(table, PEPPER, clock), new Attempts(clock)), limiter);
    private final KeyText key = KeyText.create("live");

    @AfterEach
    void close() {
        limiter.close();
        redis.close();
    }

    @Test
    void keepsOurKeyFromTheServiceOfAPublicRouteAndNothingElse() {
        var exchange = Exchanges.get("/", "X-API-Key", key.text(), "Authorization", "Bearer " + key.text());
        var theirs = Exchanges.get("/", "X-API-Key", "theirs", "Authorization", "Bearer theirs");

        chain(true).handle(exchange);
        chain(true).handle(theirs);

        assertThat(exchange.headers().size()).isZero();
        assertThat(theirs.headers().all("X-API-Key")).containsExactly("theirs");
        assertThat(theirs.headers().all("Authorization")).containsExactly("Bearer theirs");
    }

    @Test
    void asksForAKeyBeforeItCounts() {
        table.apply(List.of(new HashedKey(key.id(), "web-shop", PEPPER.hash(key), Long.MAX_VALUE, false)));
        var chain = chain(false, limit(1, "first"));

        for (int i = 0; i < 5; i++) {
            assertThat(chain.handle(Exchanges.get("/")).rejection())
                    .extracting("refusal")
                    .isEqualTo(Refusal.KEY_MISSING);
        }
        assertThat(chain.handle(Exchanges.get("/", "X-API-Key", key.text())).status())
                .isEqualTo(200);
        assertThat(chain.handle(Exchanges.get("/", "X-API-Key", key.text())).status())
                .isEqualTo(429);
    }

    @Test
    void asksForNoKeyOnAPublicRoute() {
        assertThat(chain(true).handle(Exchanges.get("/")).status()).isEqualTo(200);
    }

    @Test
    void meetsAllLimitsTogetherInTheOrderOfTheRoute() {
        var answer = chain(true, limit(9, "first"), limit(8, "second")).handle(Exchanges.get("/"));

        assertThat(answer.headers().all("RateLimit-Policy")).containsExactly("\"first\";q=9;w=60, \"second\";q=8;w=60");
    }

    @Test
    void handsTheBackendsAnswerBack() {
        var backend = new Response(200, new Headers(), Body.empty());
        Handler chain = filters.chain("users-api", route(true), _ -> backend, _ -> _ -> backend);

        assertThat(chain.handle(Exchanges.get("/"))).isSameAs(backend);
    }

    private Handler chain(boolean isPublic, Policy... policies) {
        return filters.chain(
                "users-api",
                route(isPublic, policies),
                _ -> new Response(200, new Headers(), Body.empty()),
                _ -> _ -> new Response(500, new Headers(), Body.empty()));
    }

    private static Route route(boolean isPublic, Policy... policies) {
        return new Route(
                Match.of("/"),
                isPublic,
                List.of(policies),
                new Forward("users", ""),
                10 << 20,
                Duration.ofMinutes(1),
                WebSockets.DEFAULT);
    }

    private static RateLimit limit(long requests, String name) {
        return new RateLimit(
                requests,
                Duration.ofMinutes(1),
                RateLimit.Per.ROUTE,
                RateLimit.Mode.LEASED,
                RateLimit.WithoutRedis.LOCAL,
                name);
    }
}
