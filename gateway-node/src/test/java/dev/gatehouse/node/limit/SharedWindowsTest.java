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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.RedisClient;

/** On a real Redis and its clock. */
class SharedWindowsTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final RedisClient redis = open();
    private final RedisClient other = open();
    private final SharedWindows windows = new SharedWindows(redis, () -> 2);
    private final SharedWindows elsewhere = new SharedWindows(other, () -> 2);
    private final String subject = UUID.randomUUID().toString();

    private static RedisClient open() {
        return Redis.open(RedisServer.shared().url(), "test", 8, Duration.ofSeconds(10));
    }

    @AfterEach
    void close() {
        redis.close();
        other.close();
    }

    private static Counter exact(String subject, long limit, Duration span) {
        return new Counter(subject, limit, span, false);
    }

    private static Counter leased(String subject, long limit, Duration span) {
        return new Counter(subject, limit, span, true);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void neverAdmitMoreThanTheLimitInAnySpanWhicheverNodeIsAskedAndWhateverRedisForgets(boolean leased)
            throws Exception {
        int limit = 30;
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
                        if (leased) {
                            node.giveBackExpired();
                        }
                        long before = System.nanoTime();
                        if (node.decide(new Counter(subject, limit, span, leased)) instanceof Decision.Admitted) {
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
                    if (windows.decide(exact(subject + counter, 20 + counter, MINUTE)) instanceof Decision.Admitted) {
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
            assertThat(windows.decide(exact(subject, 5, MINUTE)))
                    .extracting("left")
                    .isEqualTo(left);
        }
        redis.scriptFlush();
        assertThat(windows.decide(exact(subject, 5, MINUTE))).isInstanceOf(Decision.Refused.class);
    }

    @Test
    void countAllNodesTogetherAndEachSubjectAlone() {
        windows.decide(exact(subject, 2, MINUTE));
        elsewhere.decide(exact(subject, 2, MINUTE));

        assertThat(windows.decide(exact(subject, 2, MINUTE))).isInstanceOf(Decision.Refused.class);
        assertThat(elsewhere.decide(exact(subject, 2, MINUTE))).isInstanceOf(Decision.Refused.class);
        assertThat(windows.decide(exact(subject + "-b", 2, MINUTE))).isInstanceOf(Decision.Admitted.class);
    }

    @Test
    void keepTheCountWhenTheLimitIsEdited() {
        for (int i = 0; i < 3; i++) {
            windows.decide(exact(subject, 3, MINUTE));
        }

        assertThat(windows.decide(exact(subject, 5, MINUTE))).extracting("left").isEqualTo(1L);
        assertThat(windows.decide(exact(subject, 4, MINUTE))).isInstanceOf(Decision.Refused.class);
    }

    @Test
    void sayWhenTheNextOneIsAdmitted() {
        assertThat(windows.decide(exact(subject, 1, MINUTE)))
                .asInstanceOf(type(Decision.Admitted.class))
                .satisfies(admitted -> assertThat(admitted.resetMillis()).isBetween(1L, 61_000L));
        assertThat(windows.decide(exact(subject, 1, MINUTE)))
                .asInstanceOf(type(Decision.Refused.class))
                .satisfies(refused -> assertThat(refused.waitMillis()).isBetween(1L, 61_000L));
    }

    @Test
    void admitAgainWhenTheSpanIsOver() {
        var span = Duration.ofMillis(200);
        windows.decide(exact(subject, 1, span));

        await().until(() -> windows.decide(exact(subject, 1, span)) instanceof Decision.Admitted);
    }

    @Test
    void askSeldomForALeasedCounterAndNeverAdmitMore() throws Exception {
        long before = calls();
        int admitted = 0;
        for (int i = 0; i < 6_000; i++) {
            var node = i % 2 == 0 ? windows : elsewhere;
            if (node.decide(leased(subject, 5_000, Duration.ofHours(1))) instanceof Decision.Admitted) {
                admitted++;
            }
        }

        assertThat(admitted).isBetween(4_950, 5_000);
        assertThat(calls() - before).isLessThan(300);
    }

    @Test
    void giveBackWhatTheyTookAheadAndDidNotUse() {
        for (int i = 0; i < 100; i++) {
            windows.decide(leased(subject, 10_000, MINUTE));
        }
        windows.giveBackAll();

        assertThat(elsewhere.decide(exact(subject, 10_000, MINUTE)))
                .extracting("left")
                .isEqualTo(9_899L);
    }

    @Test
    void giveBackNothingThatRedisHasForgotten() {
        for (int i = 0; i < 100; i++) {
            windows.decide(leased(subject, 10_000, MINUTE));
        }
        redis.del(exact(subject, 0, MINUTE).key());
        windows.giveBackAll();

        assertThat(elsewhere.decide(exact(subject, 10_000, MINUTE)))
                .extracting("left")
                .isEqualTo(9_999L);
    }

    @Test
    void holdNothingAheadNearTheLimit() {
        var first = leased(subject, 20, MINUTE);
        for (int i = 0; i < 20; i++) {
            assertThat((i % 2 == 0 ? windows : elsewhere).decide(first)).isInstanceOf(Decision.Admitted.class);
        }
        assertThat(windows.decide(first)).isInstanceOf(Decision.Refused.class);
        assertThat(elsewhere.decide(first)).isInstanceOf(Decision.Refused.class);
    }

    @Test
    void repeatARefusalForAMomentAndAskAgainThen() {
        var one = leased(subject, 1, MINUTE);
        windows.decide(one);
        assertThat(windows.decide(one)).isInstanceOf(Decision.Refused.class);
        redis.del(one.key());

        await().until(() -> windows.decide(one) instanceof Decision.Admitted);
    }

    /** How often the script ran. */
    private long calls() {
        return redis.info("commandstats")
                .lines()
                .filter(line -> line.startsWith("cmdstat_evalsha:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll(".*calls=(\\d+).*", "$1")))
                .sum();
    }

    @Test
    void leaveNothingBehind() {
        windows.decide(exact(subject, 9, MINUTE));
        var key = "gatehouse:limit:{" + subject + "}";

        assertThat(redis.pttl(key)).isBetween(1L, 61_000L);
        windows.decide(exact(subject + "-short", 9, Duration.ofMillis(200)));
        await().until(() -> !redis.exists("gatehouse:limit:{" + subject + "-short}"));
    }
}
