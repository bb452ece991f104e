package dev.gatehouse.node.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.greaterThan;

import dev.gatehouse.db.live.Redis;
import dev.gatehouse.db.policy.RateLimit;
import dev.gatehouse.db.policy.RateLimit.WithoutRedis;
import dev.gatehouse.deploy.servers.RedisServer;
import dev.gatehouse.node.HandMovedClock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import redis.clients.jedis.RedisClient;

/** One node of several, and a Redis that is taken away from it. */
class LimiterTest {

    private final HandMovedClock clock = new HandMovedClock();
    private RedisServer server = RedisServer.temporary();
    private final RedisClient redis = Redis.open(server.url(), "test", 4, Duration.ofMillis(500));
    private volatile int nodes = 1;
    private final Limiter limiter = new Limiter(redis, () -> nodes, clock);

    @AfterEach
    void close() {
        limiter.close();
        redis.close();
        server.close();
    }

    @Test
    void countsInRedisWhileItIsThere() {
        nodes = 3;
        assertThat(admitted(10, WithoutRedis.LOCAL)).isEqualTo(10);
        assertThat(limiter.awaySince()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"10, 1, 10", "10, 2, 5", "10, 4, 2", "10, 10, 1", "10, 11, 1", "10, 0, 10", "1, 5, 1"})
    void admitsItsShareWithoutRedis(long requests, int serving, int share) {
        nodes = serving;
        server.kill();

        assertThat(admitted(requests, WithoutRedis.LOCAL)).isEqualTo(share);
        assertThat(limiter.awaySince()).contains(clock.instant());
    }

    @Test
    void admitsAllOrNothingWithoutRedisWhereThePolicySaysSo() {
        server.kill();

        assertThat(limiter.decide("all", "a", limit(10, WithoutRedis.ALLOW))).isEqualTo(new Decision.Admitted(10, 0));
        assertThat(admitted(10, WithoutRedis.ALLOW)).isEqualTo(30);
        assertThat(limiter.decide("none", "a", limit(10, WithoutRedis.DENY))).isEqualTo(new Decision.Unknown());
    }

    @Test
    void countsInRedisAgainOnceItIsBackAndThenStartsItsOwnCountAnew() {
        server.kill();
        assertThat(admitted(10, WithoutRedis.LOCAL)).isEqualTo(10);

        server = server.restart();
        await().until(() -> limiter.awaySince().isEmpty());
        assertThat(admitted(10, WithoutRedis.LOCAL)).isEqualTo(10);

        server.kill();
        // what Redis refused last is refused for a moment more
        await().until(() -> admitted(10, WithoutRedis.LOCAL), greaterThan(0));
        assertThat(admitted(10, WithoutRedis.LOCAL)).isZero();
        assertThat(limiter.awaySince()).isPresent();
    }

    @Test
    void takesARedisThatIsSilentForOneThatIsAway() {
        server.pause();
        try {
            assertThat(admitted(10, WithoutRedis.LOCAL)).isEqualTo(10);
            assertThat(limiter.awaySince()).isPresent();
        } finally {
            server.resume();
        }
        await().until(() -> limiter.awaySince().isEmpty());
    }

    @Test
    void takesARedisThatIsFullForOneThatIsAwayAlthoughItAnswers() {
        redis.configSet("maxmemory", "1");
        assertThat(redis.ping()).isEqualTo("PONG");

        assertThat(admitted(10, WithoutRedis.LOCAL)).isEqualTo(10);
        await().during(Duration.ofSeconds(2))
                .atMost(Duration.ofSeconds(30))
                .until(() -> admitted(10, WithoutRedis.LOCAL) == 0);

        redis.configSet("maxmemory", "0");
        await().until(() -> limiter.awaySince().isEmpty());
    }

    /** Of thirty. */
    private int admitted(long requests, WithoutRedis without) {
        int admitted = 0;
        for (int i = 0; i < 30; i++) {
            if (limiter.decide("users-api", "a", limit(requests, without)) instanceof Decision.Admitted) {
                admitted++;
            }
        }
        return admitted;
    }

    private static RateLimit limit(long requests, WithoutRedis without) {
        return new RateLimit(requests, Duration.ofHours(1), RateLimit.Per.ROUTE, RateLimit.Mode.LEASED, without, "");
    }
}
