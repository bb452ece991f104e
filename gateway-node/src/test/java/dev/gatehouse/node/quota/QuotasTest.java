package dev.gatehouse.node.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.db.live.QuotaView;
import dev.gatehouse.db.live.RedisAccess;
import dev.gatehouse.db.policy.Cost;
import dev.gatehouse.db.policy.Quota;
import dev.gatehouse.db.policy.RateLimit.WithoutRedis;
import dev.gatehouse.db.policy.Threshold;
import dev.gatehouse.db.policy.Told;
import dev.gatehouse.db.quota.Account;
import dev.gatehouse.db.quota.Every;
import dev.gatehouse.deploy.servers.PostgresServer;
import dev.gatehouse.deploy.servers.RedisServer;
import dev.gatehouse.node.limit.Silence;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.exceptions.JedisConnectionException;

/** Three nodes, whatever happens to the stores between them: never more than the quota, and the ledger has it all. */
class QuotasTest {

    private static final long MILLISECOND = TimeUnit.MILLISECONDS.toNanos(1);
    private static PostgresServer postgres = PostgresServer.temporary();
    private static RedisServer redis = RedisServer.temporary();

    private Fleet fleet;

    @AfterAll
    static void end() {
        redis.close();
        postgres.close();
    }

    @BeforeEach
    void start(@TempDir Path folder) {
        fleet = new Fleet(postgres, RedisAccess.of(redis.url()), folder);
    }

    @AfterEach
    void stop() {
        fleet.close();
    }

    private static Quota quota(long amount, WithoutRedis without) {
        return new Quota(
                amount,
                Every.CUSTOM,
                Duration.ofDays(300),
                "",
                "UTC",
                Quota.Per.CONSUMER,
                Cost.ONE,
                Quota.Mode.HARD,
                0,
                List.of(new Threshold(80), new Threshold(100)),
                without,
                Told.DEFAULT,
                "yearly");
    }

    private void used(long atLeast) {
        await().atMost(Duration.ofSeconds(20)).until(() -> fleet.admitted.get() >= atLeast);
    }

    @Test
    void admitsExactlyTheQuotaOverAllNodesAndTellsSoAtOnce() throws Exception {
        var quota = quota(2_000, WithoutRedis.LOCAL);
        for (int i = 0; i < Fleet.NODES; i++) {
            fleet.ask(i, quota);
        }
        fleet.call(quota, 4, 0);
        used(2_000);
        await().until(() -> fleet.refused.get() > 100);
        fleet.quiet();

        assertThat(fleet.admitted).hasValue(2_000);
        assertThat(fleet.unknown).hasValue(0);
        fleet.awaitLedger(quota);
        var verdict = fleet.ask(1, quota);
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Verdict.Exhausted.class,
                        exhausted -> assertThat(Duration.ofMillis(exhausted.waitMillis()))
                                .isGreaterThan(Duration.ofMinutes(1)));
        assertThat(fleet.ledger().writers()).hasSize(3);
        assertThat(fleet.alerts()).hasSize(2);
    }

    @Test
    void losesNothingAndAdmitsNothingTwiceWhenRedisForgetsEverything() throws Exception {
        var quota = quota(3_000, WithoutRedis.LOCAL);
        fleet.call(quota, 2, MILLISECOND);
        used(500);
        fleet.redis().flushAll();
        used(1_500);
        fleet.redis().flushAll();
        used(3_000);
        fleet.redis().flushAll();
        await().until(() -> fleet.refused.get() > 100);
        fleet.quiet();

        assertThat(fleet.admitted).hasValue(3_000);
        assertThat(fleet.unknown).hasValue(0);
        fleet.awaitLedger(quota);
    }

    @Test
    void losesNothingAndAdmitsNothingTwiceWhileTheStoresComeAndGo() throws Exception {
        var quota = quota(20_000, WithoutRedis.LOCAL);
        fleet.call(quota, 1, 2 * MILLISECOND);
        used(200);

        redis.kill();
        used(fleet.admitted.get() + 200);
        redis = redis.restart();
        used(fleet.admitted.get() + 500);

        postgres.kill();
        used(fleet.admitted.get() + 500);
        synchronized (fleet.lock(0)) {
            fleet.restart(0);
        }
        used(fleet.admitted.get() + 200);
        postgres = postgres.restart();
        used(fleet.admitted.get() + 500);

        for (int i = 0; i < Fleet.NODES; i++) {
            synchronized (fleet.lock(i)) {
                fleet.restart(i);
            }
        }
        used(fleet.admitted.get() + 200);
        fleet.quiet();

        fleet.awaitLedger(quota);
        assertThat(fleet.admitted.get()).isLessThanOrEqualTo(20_000);
        assertThat(fleet.unknown).hasValue(0);
        // nothing is held any more, so that Redis and the ledger agree
        await().untilAsserted(() -> assertThat(view(quota)).isEqualTo(new QuotaView.Held(fleet.used(quota), 0, 0, 0)));
    }

    @Test
    void tellsByHowMuchRedisAndTheLedgerDiffer() {
        var quota = quota(100, WithoutRedis.LOCAL);
        for (int i = 0; i < 3; i++) {
            fleet.ask(i, quota);
        }
        fleet.awaitLedger(quota);
        var account = account(quota);
        var drift = new Drift(new QuotaView(fleet.redis()), fleet.ledger(), () -> Stream.of(account));
        assertThat(drift.units()).isEmpty();
        await().untilAsserted(() -> {
            drift.look();
            assertThat(drift.units()).hasValue(0);
        });

        fleet.redis().hset(QuotaView.key(account), "used", "10");

        drift.look();
        assertThat(drift.units()).hasValue(7);
    }

    private QuotaView.Held view(Quota quota) {
        return new QuotaView(fleet.redis())
                .read(List.of(account(quota)))
                .getFirst()
                .orElseThrow();
    }

    private Account account(Quota quota) {
        return fleet.ledger().of(quota.name(), "consumer:ann", 1).getFirst().account();
    }

    @Test
    void theSharesOfAllNodesTogetherAreWhatWasLeftWhenRedisWent() throws Exception {
        var quota = quota(300, WithoutRedis.LOCAL);
        for (int i = 0; i < 60; i++) {
            fleet.ask(i % Fleet.NODES, quota);
        }
        redis.kill();
        try {
            fleet.call(quota, 2, MILLISECOND);
            used(300);
            await().until(() -> fleet.refused.get() > 100);
            fleet.quiet();
            assertThat(fleet.admitted).hasValue(300);
        } finally {
            redis = redis.restart();
        }
        fleet.awaitLedger(quota);
    }

    /** Whoever waited could not ask again meanwhile. */
    @Test
    void requestsSpendOnUntilSomebodyElseHasFoundThatRedisHangs() {
        var quota = quota(1_000_000, WithoutRedis.LOCAL);
        await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1)).until(() -> {
            fleet.ask(0, quota);
            return fleet.node(0).figures().held() - fleet.admitted.get() > 200;
        });
        int asked = 0;
        redis.pause();
        try {
            while (!fleet.node(0).figures().redisAway()) {
                assertThat(fleet.ask(0, quota)).isInstanceOf(Verdict.Admitted.class);
                asked++;
                LockSupport.parkNanos(MILLISECOND);
            }
            assertThat(fleet.ask(0, quota)).isInstanceOf(Verdict.Admitted.class);
        } finally {
            redis.resume();
        }
        assertThat(asked).isGreaterThan(100);
    }

    @Test
    void nobodyWaitsForWhoeverStillWaitsForARedisThatIsKnownToBeSilent() {
        var quota = quota(1_000_000, WithoutRedis.LOCAL);
        var silence = new Silence();
        var node = fleet.patient(silence);
        node.decide(quota, quota.name(), "consumer:ann", 0, 1);
        redis.pause();
        try {
            var asker = Thread.ofVirtual().start(() -> node.decide(quota, quota.name(), "consumer:ann", 0, 1));
            await().until(() -> asker.getState() == Thread.State.TIMED_WAITING);
            silence.found(new JedisConnectionException("nothing for a while"));

            var other = CompletableFuture.supplyAsync(
                    () -> node.decide(quota, quota.name(), "consumer:ann", 0, 1), Thread::startVirtualThread);
            await().until(other::isDone);
            assertThat(other).isCompletedWithValueMatching(Verdict.Admitted.class::isInstance);
        } finally {
            redis.resume();
        }
    }

    @Test
    void refusesNobodyWhenRedisComesBackAndMuchIsLeft() throws Exception {
        var quota = quota(1_000_000, WithoutRedis.LOCAL);
        fleet.call(quota, 1, MILLISECOND / 5);
        used(1_000);
        redis.pause();
        await().until(() -> fleet.node(0).figures().redisAway());
        redis.resume();
        await().until(() -> !fleet.node(0).figures().redisAway());
        used(fleet.admitted.get() + 1_000);
        fleet.quiet();

        assertThat(fleet.refused).hasValue(0);
    }

    @Test
    void whatIsLeftOfAShareGoesBackOnceTheStoresAreThere() {
        var quota = quota(300, WithoutRedis.LOCAL);
        fleet.ask(0, quota);
        fleet.awaitLedger(quota);
        var key = QuotaView.key(account(quota));
        postgres.kill();
        try {
            fleet.redis().flushAll();
            // neither store can tell: the node gives itself a share
            await().until(() -> {
                fleet.ask(0, quota);
                return fleet.node(0).figures().held() > 50;
            });
            // another node has put it there again meanwhile
            fleet.redis().hset(key, Map.of("used", "1", "version", "1", "at", "0", "settled", "0"));
        } finally {
            postgres = postgres.restart();
        }
        fleet.awaitLedger(quota);

        await().untilAsserted(() -> assertThat(view(quota)).isEqualTo(new QuotaView.Held(fleet.used(quota), 0, 0, 0)));
    }

    @Test
    void whoWantsNothingAdmittedWithoutRedisGetsThat() {
        var quota = quota(300, WithoutRedis.DENY);
        redis.kill();
        try {
            assertThat(fleet.ask(0, quota)).isInstanceOf(Verdict.Unknown.class);
        } finally {
            redis = redis.restart();
        }
    }

    @Test
    void nodesWhoseClocksAreWrongCountInTheSamePeriodAsAllOthers() {
        var quota = new Quota(6, Every.HOUR, "hourly");
        var before = fleet.ledger().now();
        for (int i = 0; i < 6; i++) {
            assertThat(fleet.ask(i % Fleet.NODES, quota))
                    .isInstanceOfSatisfying(
                            Verdict.Admitted.class,
                            admitted -> assertThat(Duration.ofMillis(admitted.resetMillis()))
                                    .isBetween(Duration.ZERO, Duration.ofHours(1)));
        }
        fleet.awaitLedger(quota);

        var after = fleet.ledger().now();
        assertThat(fleet.ledger().of("hourly", "consumer:ann", 9))
                .allMatch(used -> used.account().period().contains(before)
                        || used.account().period().contains(after));
    }

    @Test
    void whatIsGivenBackCanBeUsedAgain() {
        var quota = quota(2, WithoutRedis.LOCAL);
        fleet.ask(0, quota);
        var second = (Verdict.Admitted) fleet.ask(0, quota);
        assertThat(fleet.ask(0, quota)).isInstanceOf(Verdict.Exhausted.class);

        fleet.node(0).giveBack(second);

        await().until(() -> fleet.ask(1, quota) instanceof Verdict.Admitted);
        assertThat(fleet.ask(2, quota)).isInstanceOf(Verdict.Exhausted.class);
        await().until(() -> fleet.used(quota) == 2);
    }

    @Test
    void aRequestThatOutlastsItsMeterIsCountedAsAnyOther() {
        var quota = quota(100, WithoutRedis.LOCAL);
        var first = (Verdict.Admitted) fleet.ask(0, quota);
        var second = (Verdict.Admitted) fleet.ask(0, quota);
        await().until(() -> {
            fleet.node(0).forget(System.nanoTime() + TimeUnit.MINUTES.toNanos(1));
            return fleet.node(0).figures().accounts() == 0;
        });
        fleet.ask(0, quota);

        fleet.node(0).charge(first, 10);
        fleet.node(0).giveBack(second);

        await().until(() -> fleet.used(quota) == 12);
        await().untilAsserted(() -> assertThat(view(quota)).isEqualTo(new QuotaView.Held(12, 0, 0, 0)));
        assertThat(fleet.node(0).figures().held()).isZero();
    }

    @Test
    void whoEndsWritesWhatWaitedAndWhatCameAfterIt() {
        var quota = quota(100, WithoutRedis.LOCAL);
        fleet.ask(0, quota);
        fleet.awaitLedger(quota);
        postgres.kill();
        fleet.ask(0, quota);
        await().until(() -> fleet.node(0).figures().ledgerAway());
        fleet.ask(0, quota);
        postgres = postgres.restart();

        fleet.node(0).close();

        assertThat(fleet.used(quota)).isEqualTo(3);
    }

    @Test
    void aBonusCountsAtOnceAndWhatWasUsedStaysUsedWhenItEnds() {
        var quota = quota(2, WithoutRedis.LOCAL);
        for (int i = 0; i < 2; i++) {
            fleet.ask(0, quota);
        }
        assertThat(fleet.ask(0, quota)).isInstanceOf(Verdict.Exhausted.class);
        assertThat(fleet.node(0).decide(quota, "yearly", "consumer:ann", 1, 1)).isInstanceOf(Verdict.Admitted.class);
        assertThat(fleet.node(0).decide(quota, "yearly", "consumer:ann", 1, 1)).isInstanceOf(Verdict.Exhausted.class);
        assertThat(fleet.ask(1, quota)).isInstanceOf(Verdict.Exhausted.class);
    }
}
