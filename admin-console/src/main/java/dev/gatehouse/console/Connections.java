package dev.gatehouse.console;

import dev.gatehouse.console.alert.AlertSender;
import dev.gatehouse.console.live.Fleet;
import dev.gatehouse.console.live.FleetQuestion;
import dev.gatehouse.console.live.Limits;
import dev.gatehouse.console.live.LimitsQuestion;
import dev.gatehouse.console.live.Poller;
import dev.gatehouse.console.live.Traffic;
import dev.gatehouse.console.live.TrafficQuestion;
import dev.gatehouse.console.login.Accounts;
import dev.gatehouse.console.publish.Publisher;
import dev.gatehouse.console.quota.Standings;
import dev.gatehouse.db.live.KeyCalls;
import dev.gatehouse.db.live.LimitSightings;
import dev.gatehouse.db.live.LiveTraffic;
import dev.gatehouse.db.live.QuotaView;
import dev.gatehouse.db.live.Redis;
import dev.gatehouse.db.live.VersionCalls;
import dev.gatehouse.db.store.AdminUsers;
import dev.gatehouse.db.store.AuditLog;
import dev.gatehouse.db.store.ConfigurationStore;
import dev.gatehouse.db.store.Database;
import dev.gatehouse.db.store.History;
import dev.gatehouse.db.store.KeyStore;
import dev.gatehouse.db.store.NodeReports;
import dev.gatehouse.db.store.OwnStores;
import dev.gatehouse.db.store.QuotaAlerts;
import dev.gatehouse.db.store.QuotaLedger;
import java.time.Clock;
import java.time.Duration;
import redis.clients.jedis.UnifiedJedis;

/** What the console stands on: PostgreSQL, Redis, and the two that ask them once a second. */
final class Connections implements AutoCloseable {

    private static final int DATABASE_CONNECTIONS = 8;
    private static final int REDIS_CONNECTIONS = 4;
    private static final Duration REDIS_PATIENCE = Duration.ofSeconds(2);

    private final Database database;
    private final UnifiedJedis redis;
    private final Console console;
    private final AlertSender sender;

    /** Needs neither server to be there. */
    Connections(ConsoleConfig config, Clock clock) {
        database = Database.open(config.database(), DATABASE_CONNECTIONS);
        redis = Redis.open(config.redis(), "gatehouse-console", REDIS_CONNECTIONS, REDIS_PATIENCE);
        var store = new ConfigurationStore(database, config.secrets());
        var reader = store.reader();
        var keys = new KeyStore(database);
        var nodes = new NodeReports(database);
        var audit = new AuditLog(database);
        var ledger = new QuotaLedger(database);
        var alerts = new QuotaAlerts(database);
        sender = new AlertSender(
                alerts,
                ledger,
                () -> reader.load().snapshot().webhooks(),
                config.secrets(),
                OwnStores.of(config.database(), config.redis()),
                clock);
        var history = new History(database);
        var fleet = new Poller<Fleet>("fleet", clock, new FleetQuestion(reader, keys, nodes, clock));
        var limits = new Poller<Limits>("limits", clock, new LimitsQuestion(new LimitSightings(redis), clock));
        console = new Console(
                new Publisher(store, reader, history, fleet),
                history,
                keys,
                nodes,
                audit,
                new Accounts(new AdminUsers(database), audit, clock),
                fleet,
                new Poller<Traffic>("traffic", clock, new TrafficQuestion(new LiveTraffic(redis), clock)),
                limits,
                new LimitSightings(redis),
                clock,
                new VersionCalls(redis),
                new Standings(
                        ledger,
                        new QuotaView(redis),
                        () -> limits.current().trouble().isEmpty(),
                        clock),
                alerts,
                new KeyCalls(redis),
                config.peppers(),
                config.gateway());
    }

    Console console() {
        return console;
    }

    @Override
    public void close() {
        console.limits().close();
        sender.close();
        console.traffic().close();
        console.fleet().close();
        redis.close();
        database.close();
    }
}
