package dev.gatehouse.node.sync;

import static org.awaitility.Awaitility.await;

import dev.gatehouse.db.key.Pepper;
import dev.gatehouse.db.key.Secrets;
import dev.gatehouse.db.live.Redis;
import dev.gatehouse.db.store.ConfigurationReader;
import dev.gatehouse.db.store.Database;
import dev.gatehouse.db.store.KeyStore;
import dev.gatehouse.db.store.NodeReports;
import dev.gatehouse.deploy.servers.PostgresServer;
import dev.gatehouse.node.authentication.Attempts;
import dev.gatehouse.node.authentication.Credentials;
import dev.gatehouse.node.backend.Mirrors;
import dev.gatehouse.node.backend.Targets;
import dev.gatehouse.node.backend.UpstreamPools;
import dev.gatehouse.node.filter.Filters;
import dev.gatehouse.node.identity.KeyTable;
import dev.gatehouse.node.identity.Keys;
import dev.gatehouse.node.limit.Limiter;
import dev.gatehouse.node.routing.Backends;
import dev.gatehouse.node.routing.Gateway;
import dev.gatehouse.node.routing.RouteCompiler;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigSyncTest {

    @Test
    void goesOnWhateverCannotBeToldOfTheNode(@TempDir Path folder) {
        var postgres = PostgresServer.shared();
        var access = new Database.Access(
                postgres.createDatabase("sync_" + UUID.randomUUID()), postgres.user(), postgres.password());
        Database.migrate(access);
        var clock = Clock.systemUTC();
        var keys = new KeyTable();
        var told = new AtomicInteger();
        try (var database = Database.open(access, 2);
                var redis = Redis.open("redis://127.0.0.1:1", "test", 1, Duration.ofMillis(100));
                var limiter = new Limiter(redis, clock);
                var pools = new UpstreamPools();
                var targets = new Targets(pools, Targets.Watches.NONE, name -> name);
                var mirrors = new Mirrors(name -> name);
                var sync = new ConfigSync(new ConfigSync.Parts(
                        new ConfigurationReader(database),
                        new KeyStore(database),
                        new NodeReports(database),
                        keys,
                        new RouteCompiler(
                                new Filters(
                                        new Credentials(
                                                new Keys(keys, new Pepper(1, "a pepper for tests only"), clock),
                                                new Attempts(clock)),
                                        limiter),
                                new Backends(targets, mirrors, Secrets.NONE)),
                        new Gateway(),
                        _ -> List.of(),
                        folder,
                        status -> {
                            // after that of the first configuration, each time that it looks
                            int nth = told.incrementAndGet();
                            if (nth == 2 || nth == 3) {
                                throw new IllegalStateException("one of its parts is in trouble");
                            }
                            return report(status);
                        },
                        Duration.ofMillis(100)))) {
            sync.start();

            await().until(() -> told.get() > 3);
        }
    }

    private static NodeReports.Report report(SyncStatus status) {
        return new NodeReports.Report(
                "node",
                UUID.randomUUID(),
                "http://here",
                "development",
                Clock.systemUTC().instant(),
                status.version(),
                List.of());
    }
}
