package dev.gatehouse.node.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.db.live.LimitCounter;
import dev.gatehouse.db.live.Redis;
import dev.gatehouse.db.policy.RateLimit.Mode;
import dev.gatehouse.db.policy.RateLimit.WithoutRedis;
import dev.gatehouse.deploy.servers.RedisServer;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import redis.clients.jedis.RedisClient;

/**
 * More subjects than a node remembers, as when somebody makes them up. By hand with ten million:
 * {@code -Dgatehouse.subjects=10000000}.
 */
class ManySubjectsTest {

    private static final int SUBJECTS = Integer.getInteger("gatehouse.subjects", 120_000);
    private static final int REMEMBERED = 100_000;
    private static final int CALLERS = 128;
    private static final Duration WINDOW = Duration.ofSeconds(2);

    private final RedisServer server = RedisServer.temporary();
    private final RedisClient redis = Redis.open(server.url(), "test", 8, Duration.ofSeconds(5));
    private final Limiter limiter = new Limiter(redis, Clock.systemUTC());

    @AfterEach
    void close() {
        limiter.close();
        redis.close();
        server.close();
    }

    @Test
    void areForgottenByTheNodeAndExpireInRedis(TestReporter reporter) {
        await().until(() -> limiter.standing() == Standing.COUNTING);
        var next = new AtomicInteger();
        var admitted = new AtomicInteger();
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < CALLERS; i++) {
                callers.execute(() -> {
                    for (int n = next.getAndIncrement(); n < SUBJECTS; n = next.getAndIncrement()) {
                        admitted.addAndGet(limiter.decide(List.of(demand(n))).admitted() ? 1 : 0);
                    }
                });
            }
        }

        assertThat(admitted).hasValue(SUBJECTS);
        await().until(() -> limiter.figures().counters() <= REMEMBERED);
        assertThat(limiter.figures().leases()).isLessThanOrEqualTo(REMEMBERED);
        reporter.publishEntry("keys in Redis", Long.toString(redis.dbSize()));
        reporter.publishEntry("heap after a collection, MiB", Long.toString(heap() >> 20));
        // what the limiter itself needs is a handful; all subjects are gone once their window is over
        await().atMost(WINDOW.multipliedBy(5)).until(() -> redis.dbSize() < 10);
        assertThat(redis.keys("*"))
                .allSatisfy(key -> assertThat(redis.ttl(key)).as(key).isPositive());
    }

    private static Demand demand(int subject) {
        var counter = new LimitCounter("many", "header:=" + subject, 1_000, WINDOW, subject % 2 * 1_000L);
        return new Demand(counter, 1, Mode.LEASED, WithoutRedis.LOCAL);
    }

    private static long heap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
