package dev.gatehouse.console.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.console.HandClock;
import dev.gatehouse.db.live.Counts;
import dev.gatehouse.db.live.LiveTraffic;
import dev.gatehouse.db.live.Redis;
import dev.gatehouse.deploy.servers.RedisServer;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClient;

class TrafficQuestionTest {

    private static final long NOW = 1_800_000_005;

    private final RedisClient redis = Redis.open(RedisServer.shared().url(), "test", 2, Duration.ofSeconds(2));
    private final LiveTraffic live = new LiveTraffic(redis);
    private final HandClock clock = new HandClock(Instant.ofEpochSecond(NOW).plusMillis(500));
    private final TrafficQuestion question = new TrafficQuestion(live, clock);

    @BeforeEach
    void empty() {
        redis.flushAll();
    }

    @AfterEach
    void close() {
        redis.close();
    }

    @Test
    void looksBackFifteenMinutesUpToTheSecondThatNodesHaveHadTimeToReport() {
        var traffic = question.apply(Optional.empty());

        assertThat(traffic.seconds()).hasSize(LiveTraffic.SECONDS_KEPT);
        assertThat(traffic.until()).isEqualTo(NOW - 1);
        assertThat(traffic.spans()).hasSize(90);
        assertThat(traffic.everSeen()).isFalse();
    }

    @Test
    void keepsAGapApartFromASecondWithoutRequests() {
        live.add(NOW - 2, Counts.NONE, Map.of());

        var last = question.apply(Optional.empty()).last(60);

        assertThat(last.seconds()).isEqualTo(1);
        assertThat(last.rate()).hasValue(0);
        assertThat(last.errorShare()).isEmpty();
        assertThat(Window.NONE.rate()).isEmpty();
    }

    @Test
    void addsWhatASlowNodeReportsLate() {
        serve(NOW - 2, 10);
        var first = question.apply(Optional.empty());
        serve(NOW - 2, 5);
        clock.forward(Duration.ofSeconds(1));

        var second = question.apply(Optional.of(first));

        assertThat(second.last(60).counts().requests()).isEqualTo(15);
        assertThat(second.until()).isEqualTo(NOW);
    }

    @Test
    void readsEverythingAnewWhenRedisWasAwayForAWhile() {
        serve(NOW - 1, 10);
        var before = question.apply(Optional.empty());
        serve(NOW + 100, 7);
        clock.forward(Duration.ofMinutes(5));

        var after = question.apply(Optional.of(before));

        assertThat(after.seconds()).hasSize(LiveTraffic.SECONDS_KEPT);
        assertThat(after.last(LiveTraffic.SECONDS_KEPT).counts().requests()).isEqualTo(17);
        assertThat(after.route("users-api").stream()
                        .mapToLong(span -> span.counts().requests()))
                .contains(7L)
                .hasSize(89);
    }

    @Test
    void survivesAClockThatIsSetBack() {
        var before = question.apply(Optional.empty());
        clock.forward(Duration.ofSeconds(-400));
        serve(NOW - 402, 3);

        var after = question.apply(Optional.of(before));

        assertThat(after.until()).isEqualTo(NOW - 401);
        assertThat(after.last(60).counts().requests()).isEqualTo(3);
    }

    @Test
    void ranksRoutesByTheirOwnCounts() {
        serve(NOW - 3, 10);

        var routes = question.apply(Optional.empty()).routes(6);

        assertThat(routes).containsOnlyKeys("users-api");
        assertThat(routes.get("users-api")).isNotNull().satisfies(window -> {
            assertThat(window.counts().requests()).isEqualTo(10);
            assertThat(window.rate()).hasValue(10);
        });
    }

    @Test
    void remembersThatARequestWasSeenAfterItsTimeHasPassed() {
        serve(NOW - 2, 1);
        var seen = question.apply(Optional.empty());
        clock.forward(Duration.ofHours(1));

        var later = question.apply(Optional.of(seen));

        assertThat(later.last(LiveTraffic.SECONDS_KEPT).counts().requests()).isZero();
        assertThat(later.everSeen()).isTrue();
    }

    private void serve(long second, long requests) {
        var counts = new Counts(Map.of("2xx", requests), Map.of(), Map.of(40, requests));
        live.add(second, counts, Map.of("users-api", counts));
    }
}
