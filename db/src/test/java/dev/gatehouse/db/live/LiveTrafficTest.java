package dev.gatehouse.db.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.deploy.servers.RedisServer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClient;

class LiveTrafficTest {

    private static final RedisClient REDIS =
            Redis.open(RedisServer.shared().url(), "live-traffic-test", 8, Duration.ofSeconds(5));
    private static final long NOON = 1_800_000_000;
    private static final Counts ONE = new Counts(Map.of("2xx", 1L), Map.of(), Map.of(40, 1L));
    private static final Counts REFUSED = new Counts(Map.of(), Map.of("rate-limited", 1L), Map.of());

    private final LiveTraffic traffic = new LiveTraffic(REDIS);

    @BeforeEach
    void forgetEverything() {
        REDIS.flushDB();
    }

    @AfterAll
    static void disconnect() {
        REDIS.close();
    }

    @Test
    void addsWhatNodesCountedInTheSameSecond() {
        traffic.add(NOON, ONE, Map.of("users-api", ONE));
        traffic.add(NOON, ONE.plus(REFUSED), Map.of("users-api", ONE));
        assertThat(traffic.seconds(NOON, NOON))
                .containsExactly(
                        new LiveTraffic.Second(NOON, Optional.of(ONE.plus(ONE).plus(REFUSED))));
        assertThat(traffic.routes(NOON, NOON)).isEqualTo(Map.of("users-api", ONE.plus(ONE)));
    }

    @Test
    void tellsAGapFromAQuietSecond() {
        traffic.add(NOON, ONE, Map.of());
        traffic.add(NOON + 2, Counts.NONE, Map.of());
        assertThat(traffic.seconds(NOON - 1, NOON + 2))
                .containsExactly(
                        new LiveTraffic.Second(NOON - 1, Optional.empty()),
                        new LiveTraffic.Second(NOON, Optional.of(ONE)),
                        new LiveTraffic.Second(NOON + 1, Optional.empty()),
                        new LiveTraffic.Second(NOON + 2, Optional.of(Counts.NONE)));
    }

    @Test
    void answersForAWholeQuarterOfAnHour() {
        traffic.add(NOON, ONE, Map.of());
        var seconds = traffic.seconds(NOON - LiveTraffic.SECONDS_KEPT + 1, NOON);
        assertThat(seconds).hasSize(900);
        assertThat(seconds.getLast().counts()).contains(ONE);
        assertThat(seconds.subList(0, 899)).allMatch(second -> second.counts().isEmpty());
    }

    @Test
    void mergesTheSpansOfTenSecondsThatAreTouched() {
        traffic.add(NOON - 1, ONE, Map.of("before", ONE));
        traffic.add(NOON, ONE, Map.of("users-api", ONE));
        traffic.add(NOON + 9, ONE, Map.of("users-api", REFUSED));
        traffic.add(NOON + 10, ONE, Map.of("users-api", ONE, "orders", REFUSED));
        traffic.add(NOON + 20, ONE, Map.of("after", ONE));
        assertThat(traffic.routes(NOON + 9, NOON + 11))
                .isEqualTo(Map.of("users-api", ONE.plus(ONE).plus(REFUSED), "orders", REFUSED));
    }

    @Test
    void losesNothingWhenManyAddAtOnce() {
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < 400; i++) {
                threads.execute(() -> traffic.add(NOON, ONE, Map.of("users-api", ONE)));
            }
        }
        assertThat(traffic.seconds(NOON, NOON).getFirst().counts().map(Counts::requests))
                .contains(400L);
        assertThat(traffic.routes(NOON, NOON).values())
                .extracting(Counts::requests)
                .containsExactly(400L);
    }

    @Test
    void leavesNoKeyWithoutAnEnd() {
        traffic.add(NOON, ONE, Map.of("users-api", ONE, "orders", REFUSED));
        traffic.add(NOON + 10, Counts.NONE, Map.of());
        assertThat(REDIS.keys("*")).hasSize(3).allSatisfy(key -> {
            assertThat(key).startsWith("gatehouse:live:");
            assertThat(REDIS.ttl(key)).isBetween(LiveTraffic.SECONDS_KEPT + 1L, LiveTraffic.SECONDS_KEPT + 60L);
        });
    }
}
