package dev.gatehouse.node.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.db.live.LimitCounter;
import dev.gatehouse.db.live.LimitSlots;
import dev.gatehouse.db.live.RedisAccess;
import dev.gatehouse.db.live.VersionCalls;
import dev.gatehouse.db.policy.Quota;
import dev.gatehouse.db.policy.RateLimit.Mode;
import dev.gatehouse.db.quota.Every;
import dev.gatehouse.deploy.servers.PostgresServer;
import dev.gatehouse.deploy.servers.RedisCluster;
import dev.gatehouse.deploy.servers.RedisSentinels;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cluster, and a server that sentinels replace, serve as a single Redis does. */
class ManyRedisTest {

    private static final LimitCounter TEN_AT_ONCE = new LimitCounter("ten", "ann", 10, Duration.ZERO, 0);
    private static final Quota YEARLY = new Quota(2_000, Every.MONTH, "yearly");

    @Test
    void aClusterCountsAsWellAsASingleServer(@TempDir Path folder) throws Exception {
        try (var cluster = RedisCluster.temporary(2);
                var fleet = new Fleet(PostgresServer.shared(), RedisAccess.of(cluster.url()), folder)) {
            fleet.call(YEARLY, 2, 0);
            await().until(() -> fleet.refused.get() > 100);
            fleet.quiet();

            assertThat(fleet.admitted).hasValue(2_000);
            fleet.awaitLedger(YEARLY);
            limits(fleet);
            var calls = new VersionCalls(fleet.redis());
            var now = Instant.now();
            calls.add(now, Map.of(new VersionCalls.Caller("users", "v1", "ann"), 3L));
            assertThat(calls.of("users", "v1", now))
                    .extracting(VersionCalls.Usage::week)
                    .containsExactly(3L);
        }
    }

    private static void limits(Fleet fleet) {
        try (var limiters = new Limiters(fleet)) {
            assertThat(limiters.admitted("exact", 300, Mode.EXACT, 400)).isEqualTo(300);
            assertThat(limiters.admitted("leased", 3_000, Mode.LEASED, 4_000)).isBetween(2_970, 3_000);
            assertThat(limiters.slots(TEN_AT_ONCE, 15)).isEqualTo(10);
            await().until(() -> LimitSlots.look(fleet.redis(), TEN_AT_ONCE) == 10);
            limiters.release(TEN_AT_ONCE, 0, 2);
            await().until(() -> LimitSlots.look(fleet.redis(), TEN_AT_ONCE) == 8);
            assertThat(limiters.slots(TEN_AT_ONCE, 15)).isEqualTo(2);
        }
    }

    @Test
    void goesOnWithTheServerThatASentinelPutsInPlaceOfALostOne(@TempDir Path folder) throws Exception {
        try (var sentinels = RedisSentinels.temporary();
                var fleet = new Fleet(
                        PostgresServer.shared(),
                        RedisAccess.sentinels(sentinels.url(), RedisSentinels.MASTER),
                        folder);
                var limiters = new Limiters(fleet)) {
            int admitted = limiters.admitted("exact", 300, Mode.EXACT, 120);
            assertThat(admitted).isEqualTo(120);
            assertThat(limiters.slots(TEN_AT_ONCE, 6)).isEqualTo(6);
            fleet.call(YEARLY, 1, TimeUnit.MILLISECONDS.toNanos(20));
            await().until(() -> fleet.admitted.get() > 100);
            sentinels.master().kill();
            // some of them alone, while nobody counts for all
            admitted += limiters.admitted("exact", 300, Mode.EXACT, 30);
            await().until(() -> !fleet.node(0).problems().isEmpty());
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> fleet.node(0).problems().isEmpty()
                            && fleet.node(1).problems().isEmpty()
                            && fleet.node(2).problems().isEmpty());
            long before = fleet.admitted.get();
            await().until(() -> fleet.admitted.get() > before + 100 || fleet.refused.get() > 0);
            fleet.quiet();

            limiters.counting();
            assertThat(admitted + limiters.admitted("exact", 300, Mode.EXACT, 400))
                    .isEqualTo(300);
            await().until(() -> LimitSlots.look(fleet.redis(), TEN_AT_ONCE) == 6);
            assertThat(limiters.slots(TEN_AT_ONCE, 15)).isEqualTo(4);
            assertThat(fleet.admitted.get()).isLessThanOrEqualTo(2_000);
            fleet.awaitLedger(YEARLY);
        }
    }
}
