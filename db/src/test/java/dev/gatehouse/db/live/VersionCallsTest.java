package dev.gatehouse.db.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.live.VersionCalls.Caller;
import dev.gatehouse.db.live.VersionCalls.Usage;
import dev.gatehouse.deploy.servers.RedisServer;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClient;

class VersionCallsTest {

    private static final RedisClient REDIS =
            Redis.open(RedisServer.shared().url(), "version-calls-test", 8, Duration.ofSeconds(5));
    private static final Instant NOON = Instant.parse("2026-10-07T12:00:00Z");
    private static final Caller SHOP = new Caller("users", "v1", "shop");
    private static final Caller NOBODY = new Caller("users", "v1", "");

    private final VersionCalls calls = new VersionCalls(REDIS);

    @BeforeEach
    void forgetEverything() {
        REDIS.flushDB();
    }

    @AfterAll
    static void disconnect() {
        REDIS.close();
    }

    @Test
    void tellsWhoCallsHowOftenAndWhenLast() {
        calls.add(NOON.minus(Duration.ofDays(3)), Map.of(SHOP, 5L));
        calls.add(NOON, Map.of(SHOP, 2L, NOBODY, 1L, new Caller("users", "v2", "shop"), 9L));
        calls.add(NOON.plusSeconds(1), Map.of(SHOP, 1L));
        assertThat(calls.of("users", "v1", NOON.plusSeconds(2)))
                .containsExactly(new Usage("shop", 3, 8, NOON.plusSeconds(1)), new Usage("", 1, 1, NOON));
        assertThat(calls.of("users", "v3", NOON)).isEmpty();
    }

    @Test
    void forgetsHoursAfterADayAndDaysAfterAWeek() {
        calls.add(NOON, Map.of(SHOP, 1L));
        assertThat(calls.of("users", "v1", NOON.plus(Duration.ofHours(25))))
                .containsExactly(new Usage("shop", 0, 1, NOON));
        assertThat(calls.of("users", "v1", NOON.plus(Duration.ofDays(8))))
                .containsExactly(new Usage("shop", 0, 0, NOON));
        assertThat(calls.of("users", "v1", NOON.plus(Duration.ofDays(30)))).isEmpty();
    }

    @Test
    void keepsTheLatestCallWhateverTheOrderInWhichNodesReport() {
        calls.add(NOON, Map.of(SHOP, 1L));
        calls.add(NOON.minusSeconds(1), Map.of(SHOP, 1L));
        assertThat(calls.of("users", "v1", NOON)).containsExactly(new Usage("shop", 2, 2, NOON));
    }

    @Test
    void countsTogetherWhoeverIsOneTooMany() {
        var few = new VersionCalls(REDIS, 2);
        for (var consumer : new String[] {"a", "b", "c", "d", "a"}) {
            few.add(NOON, Map.of(new Caller("users", "v1", consumer), 1L));
        }
        assertThat(few.of("users", "v1", NOON))
                .containsExactly(
                        new Usage(VersionCalls.OTHERS, 2, 2, NOON),
                        new Usage("a", 2, 2, NOON),
                        new Usage("b", 1, 1, NOON));
    }

    @Test
    void keepsNothingForEver() {
        calls.add(NOON, Map.of(SHOP, 1L));
        assertThat(REDIS.keys("gatehouse:version:*"))
                .hasSize(3)
                .allSatisfy(key -> assertThat(REDIS.ttl(key))
                        .isBetween(1L, Duration.ofDays(30).toSeconds()));
    }
}
