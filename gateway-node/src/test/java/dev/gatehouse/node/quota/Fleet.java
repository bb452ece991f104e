package dev.gatehouse.node.quota;

import static org.awaitility.Awaitility.await;

import dev.gatehouse.db.live.Redis;
import dev.gatehouse.db.live.RedisAccess;
import dev.gatehouse.db.policy.Quota;
import dev.gatehouse.db.quota.QuotaAlert;
import dev.gatehouse.db.quota.Usage;
import dev.gatehouse.db.store.Database;
import dev.gatehouse.db.store.QuotaAlerts;
import dev.gatehouse.db.store.QuotaLedger;
import dev.gatehouse.deploy.servers.PostgresServer;
import dev.gatehouse.node.limit.Share;
import dev.gatehouse.node.limit.Silence;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import redis.clients.jedis.UnifiedJedis;

/** The quotas of several nodes on one real PostgreSQL and one real Redis, and callers that never stop asking. */
final class Fleet implements AutoCloseable {

    static final int NODES = 3;

    private final Path folder;
    private final RedisAccess access;
    private final Database database;
    private final QuotaLedger ledger;
    private final List<UnifiedJedis> clients = new ArrayList<>();
    private final List<Quotas> nodes = new ArrayList<>();
    private final AtomicBoolean over = new AtomicBoolean();
    private final List<Thread> callers = new ArrayList<>();

    /** What was let through, which is what services have seen. */
    final AtomicLong admitted = new AtomicLong();

    final AtomicLong refused = new AtomicLong();
    final AtomicLong unknown = new AtomicLong();

    Fleet(PostgresServer postgres, RedisAccess redis, Path folder) {
        this.folder = folder;
        this.access = redis;
        var stored = new Database.Access(
                postgres.createDatabase("quota_" + UUID.randomUUID().toString().replace('-', '_')),
                postgres.user(),
                postgres.password());
        Database.migrate(stored);
        database = Database.open(stored, 8);
        ledger = new QuotaLedger(database);
        forgetCounts(redis);
        for (int i = 0; i < NODES; i++) {
            clients.add(Redis.open(redis, "test", 16, Duration.ofMillis(250)));
            nodes.add(start(i, new Silence()));
        }
    }

    /** One more, which waits for Redis for longer than any test takes. */
    Quotas patient(Silence silence) {
        clients.add(Redis.open(access, "test", 16, Duration.ofMinutes(1)));
        nodes.add(start(NODES, silence));
        return nodes.getLast();
    }

    /** Tests share a Redis; each has a ledger of its own. */
    private static void forgetCounts(RedisAccess redis) {
        try (var client = Redis.open(redis, "test", 1, Duration.ofSeconds(5))) {
            client.flushAll();
        }
    }

    private Quotas start(int i, Silence silence) {
        return new Quotas(new Quotas.Parts(
                clients.get(i),
                silence,
                ledger,
                "node-" + i,
                UUID.randomUUID(),
                () -> new Share(Math.max(NODES, i + 1), i),
                folder.resolve("node-" + i),
                // each with a clock of its own: one goes an hour before, one an hour after
                Clock.offset(Clock.systemUTC(), Duration.ofHours(i - 1))));
    }

    Quotas node(int i) {
        synchronized (nodes) {
            return nodes.get(i);
        }
    }

    /** Ends in good order, and starts again on the same folder. */
    void restart(int i) {
        node(i).close();
        var next = start(i, new Silence());
        synchronized (nodes) {
            nodes.set(i, next);
        }
    }

    UnifiedJedis redis() {
        return clients.getFirst();
    }

    UnifiedJedis redis(int node) {
        return clients.get(node);
    }

    /**
     * Each of them asks one node again and again.
     *
     * @param pauseNanos between two requests
     */
    void call(Quota quota, int each, long pauseNanos) {
        for (int i = 0; i < NODES * each; i++) {
            int node = i % NODES;
            callers.add(Thread.ofVirtual().start(() -> {
                while (!over.get()) {
                    ask(node, quota);
                    LockSupport.parkNanos(pauseNanos);
                }
            }));
        }
    }

    Verdict ask(int node, Quota quota) {
        // a node that stops takes no request any more: what runs ends first
        synchronized (lock(node)) {
            var verdict = node(node).decide(quota, quota.name(), "consumer:ann", 0, 1);
            switch (verdict) {
                case Verdict.Admitted _ -> admitted.incrementAndGet();
                case Verdict.Exhausted _ -> refused.incrementAndGet();
                case Verdict.Unknown _ -> unknown.incrementAndGet();
            }
            return verdict;
        }
    }

    private final Object[] locks = {new Object(), new Object(), new Object()};

    Object lock(int node) {
        return locks[node];
    }

    void quiet() throws InterruptedException {
        over.set(true);
        for (var caller : callers) {
            caller.join();
        }
    }

    /** What the ledger has, in all periods together. */
    long used(Quota quota) {
        return ledger.of(quota.name(), "consumer:ann", 9).stream()
                .mapToLong(Usage::used)
                .sum();
    }

    void awaitLedger(Quota quota) {
        await().atMost(Duration.ofSeconds(10)).until(() -> used(quota) == admitted.get());
    }

    List<QuotaAlert> alerts() {
        return new QuotaAlerts(database).latest(9);
    }

    QuotaLedger ledger() {
        return ledger;
    }

    @Override
    public void close() {
        over.set(true);
        nodes.forEach(Quotas::close);
        clients.forEach(UnifiedJedis::close);
        database.close();
    }
}
