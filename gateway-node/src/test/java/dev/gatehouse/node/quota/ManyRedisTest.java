package dev.gatehouse.node.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.db.live.RedisAccess;
import dev.gatehouse.db.live.VersionCalls;
import dev.gatehouse.db.policy.Quota;
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
            var calls = new VersionCalls(fleet.redis());
            var now = Instant.now();
            calls.add(now, Map.of(new VersionCalls.Caller("users", "v1", "ann"), 3L));
            assertThat(calls.of("users", "v1", now))
                    .extracting(VersionCalls.Usage::week)
                    .containsExactly(3L);
        }
    }

    @Test
    void goesOnWithTheServerThatASentinelPutsInPlaceOfALostOne(@TempDir Path folder) throws Exception {
        try (var sentinels = RedisSentinels.temporary();
                var fleet = new Fleet(
                        PostgresServer.shared(),
                        RedisAccess.sentinels(sentinels.url(), RedisSentinels.MASTER),
                        folder)) {
            fleet.call(YEARLY, 1, TimeUnit.MILLISECONDS.toNanos(20));
            await().until(() -> fleet.admitted.get() > 100);
            sentinels.master().kill();
            await().until(() -> !fleet.node(0).problems().isEmpty());
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> fleet.node(0).problems().isEmpty()
                            && fleet.node(1).problems().isEmpty()
                            && fleet.node(2).problems().isEmpty());
            long before = fleet.admitted.get();
            await().until(() -> fleet.admitted.get() > before + 100 || fleet.refused.get() > 0);
            fleet.quiet();

            assertThat(fleet.admitted.get()).isLessThanOrEqualTo(2_000);
            fleet.awaitLedger(YEARLY);
        }
    }
}
