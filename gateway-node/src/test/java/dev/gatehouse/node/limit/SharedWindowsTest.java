package dev.gatehouse.node.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.db.live.Redis;
import dev.gatehouse.deploy.servers.RedisServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClient;

/** On a real Redis and its clock. */
class SharedWindowsTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final RedisClient redis = open();
    private final RedisClient other = open();
    private final SharedWindows windows = new SharedWindows(redis);
    private final SharedWindows elsewhere = new SharedWindows(other);
    private final String subject = UUID.randomUUID().toString();

    private static RedisClient open() {
        return Redis.open(RedisServer.shared().url(), "test", 8, Duration.ofSeconds(10));
    }

    @AfterEach
    void close() {
        redis.close();
        other.close();
    }

    @Test
    void neverAdmitMoreThanTheLimitInAnySpanWhicheverNodeIsAskedAndWhateverRedisForgets() throws Exception {
        int limit = 10;
        var span = Duration.ofMillis(300);
        var log = new AdmissionLog();
        var callers = new ArrayList<Future<?>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 8; i++) {
                var node = i % 2 == 0 ? windows : elsewhere;
                boolean forgetful = i == 0;
                callers.add(threads.submit(() -> {
                    while (log.size() < 8 * limit) {
                        if (forgetful) {
                            redis.scriptFlush();
                        }
                        long before = System.nanoTime();
                        if (node.decide(subject, limit, span) instanceof Decision.Admitted) {
                            log.add(before, System.nanoTime());
                        }
                    }
                }));
            }
        }

        for (var caller : callers) {
            caller.get();
        }
        // Redis goes by the clock of the machine, which may be corrected while it runs
        assertThat(log.most(span.toNanos() - TimeUnit.MILLISECONDS.toNanos(1))).isBetween(2, limit);
    }

    @Test
    void admitExactlyTheLimitOfManyWhoAskAtOnceForSeveralCounters() throws Exception {
        var admitted = new AtomicIntegerArray(3);
        var callers = new ArrayList<Future<?>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 300; i++) {
                int counter = i % 3;
                callers.add(threads.submit(() -> {
                    if (windows.decide(subject + counter, 20 + counter, MINUTE) instanceof Decision.Admitted) {
                        admitted.incrementAndGet(counter);
                    }
                }));
            }
        }

        for (var caller : callers) {
            caller.get();
        }
        assertThat(admitted).hasToString("[20, 21, 22]");
    }

    @Test
    void goOnCountingWhenRedisHasForgottenTheScript() {
        for (long left = 4; left >= 0; left--) {
            redis.scriptFlush();
            assertThat(windows.decide(subject, 5, MINUTE)).extracting("left").isEqualTo(left);
        }
        redis.scriptFlush();
        assertThat(windows.decide(subject, 5, MINUTE)).isInstanceOf(Decision.Refused.class);
    }

    @Test
    void countAllNodesTogetherAndEachSubjectAlone() {
        windows.decide(subject, 2, MINUTE);
        elsewhere.decide(subject, 2, MINUTE);

        assertThat(windows.decide(subject, 2, MINUTE)).isInstanceOf(Decision.Refused.class);
        assertThat(elsewhere.decide(subject, 2, MINUTE)).isInstanceOf(Decision.Refused.class);
        assertThat(windows.decide(subject + "-b", 2, MINUTE)).isInstanceOf(Decision.Admitted.class);
    }

    @Test
    void keepTheCountWhenTheLimitIsEdited() {
        for (int i = 0; i < 3; i++) {
            windows.decide(subject, 3, MINUTE);
        }

        assertThat(windows.decide(subject, 5, MINUTE)).extracting("left").isEqualTo(1L);
        assertThat(windows.decide(subject, 4, MINUTE)).isInstanceOf(Decision.Refused.class);
    }

    @Test
    void sayWhenTheNextOneIsAdmitted() {
        assertThat(windows.decide(subject, 1, MINUTE))
                .asInstanceOf(type(Decision.Admitted.class))
                .satisfies(admitted -> assertThat(admitted.resetMillis()).isBetween(1L, 61_000L));
        assertThat(windows.decide(subject, 1, MINUTE))
                .asInstanceOf(type(Decision.Refused.class))
                .satisfies(refused -> assertThat(refused.waitMillis()).isBetween(1L, 61_000L));
    }

    @Test
    void admitAgainWhenTheSpanIsOver() {
        var span = Duration.ofMillis(200);
        windows.decide(subject, 1, span);

        await().until(() -> windows.decide(subject, 1, span) instanceof Decision.Admitted);
    }

    @Test
    void leaveNothingBehind() {
        windows.decide(subject, 9, MINUTE);
        var key = "gatehouse:limit:{" + subject + "}";

        assertThat(redis.pttl(key)).isBetween(1L, 61_000L);
        windows.decide(subject + "-short", 9, Duration.ofMillis(200));
        await().until(() -> !redis.exists("gatehouse:limit:{" + subject + "-short}"));
    }
}
