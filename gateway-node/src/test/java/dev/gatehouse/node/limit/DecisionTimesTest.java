package dev.gatehouse.node.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.db.live.LimitCounter;
import dev.gatehouse.db.live.Redis;
import dev.gatehouse.db.policy.RateLimit.Mode;
import dev.gatehouse.db.policy.RateLimit.WithoutRedis;
import dev.gatehouse.deploy.servers.RedisServer;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import redis.clients.jedis.RedisClient;

/**
 * How long a decision takes with Redis there and with Redis away, by turns in one process: what disturbs the one disturbs
 * the other. By hand with many, to see what they take: {@code -Dgatehouse.decisions=200000}.
 */
class DecisionTimesTest {

    private static final int DECISIONS = Integer.getInteger("gatehouse.decisions", 2_000);

    /** At once, and then a pause of a millisecond: 5000 in a second of each. */
    private static final int AT_ONCE = 5;

    private static final Demand ROOMY = new Demand(
            new LimitCounter("roomy", "s", 400_000_000, Duration.ofHours(1), 0), 1, Mode.LEASED, WithoutRedis.LOCAL);

    private final Side there = new Side();
    private final Side away = new Side();

    /** A node with a Redis of its own, and what its decisions took. */
    private static final class Side {

        private final RedisServer server = RedisServer.temporary();
        private final RedisClient redis = Redis.open(server.url(), "test", 4, Duration.ofMillis(250));
        private final Limiter limiter = new Limiter(redis, Clock.systemUTC());
        private final long[] nanos = new long[DECISIONS];
        private int many;

        void decide() {
            for (int i = 0; i < AT_ONCE; i++) {
                long begin = System.nanoTime();
                boolean admitted = limiter.decide(List.of(ROOMY)).admitted();
                nanos[many++] = System.nanoTime() - begin;
                assertThat(admitted).isTrue();
            }
        }

        /** In microseconds. */
        double quantile(double part) {
            var sorted = nanos.clone();
            Arrays.sort(sorted);
            return sorted[(int) (part * (sorted.length - 1))] / 1e3;
        }

        void close() {
            limiter.close();
            redis.close();
            server.close();
        }
    }

    @AfterEach
    void close() {
        there.close();
        away.close();
    }

    @Test
    void areAsShortWithoutRedis(TestReporter reporter) {
        for (var side : List.of(there, away)) {
            await().until(() -> side.limiter.standing() == Standing.COUNTING);
        }
        away.server.kill();
        await().until(() -> {
            away.limiter.decide(List.of(ROOMY));
            return away.limiter.standing() == Standing.AWAY;
        });
        long asked = away.limiter.figures().roundTrips();

        for (boolean first = true; there.many < DECISIONS; first = !first) {
            (first ? there : away).decide();
            (first ? away : there).decide();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }

        assertThat(away.limiter.figures().roundTrips()).isEqualTo(asked);
        for (double part : new double[] {0.5, 0.99, 0.999}) {
            reporter.publishEntry(
                    "p" + part,
                    "%.1f us with Redis there, %.1f with Redis away"
                            .formatted(there.quantile(part), away.quantile(part)));
        }
    }
}
