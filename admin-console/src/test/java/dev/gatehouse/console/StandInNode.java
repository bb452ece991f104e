package dev.gatehouse.console;

import dev.gatehouse.db.live.Counts;
import dev.gatehouse.db.live.Latency;
import dev.gatehouse.db.live.LiveTraffic;
import dev.gatehouse.db.live.Redis;
import dev.gatehouse.db.live.VersionCalls;
import dev.gatehouse.db.model.Version;
import dev.gatehouse.db.store.Database;
import dev.gatehouse.db.store.NodeReports;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.RedisClient;

/** Says of itself and of its traffic what a gateway node would say, through the same two stores. */
final class StandInNode implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StandInNode.class);

    private final String name;
    private final RedisClient redis;
    private final LiveTraffic live;
    private final Database database;
    private final NodeReports reports;
    private final Random random = new Random(7);
    private final UUID boot = UUID.randomUUID();
    private final ScheduledExecutorService each = Executors.newSingleThreadScheduledExecutor();
    private volatile @Nullable Version serving;

    StandInNode(String name, RunningConsole console) {
        this.name = name;
        redis = Redis.open(console.redis.url(), name, 2, Duration.ofSeconds(2));
        live = new LiveTraffic(redis);
        database = Database.open(console.access, 2);
        reports = new NodeReports(database);
    }

    void reports(Version version, String... problems) {
        reports.report(new NodeReports.Report(
                name, boot, "http://10.0.0.7:8080", "0.1.0", Instant.now(), Optional.of(version), List.of(problems)));
    }

    void called(String api, String version, String consumer) {
        new VersionCalls(redis).add(Instant.now(), Map.of(new VersionCalls.Caller(api, version, consumer), 1_204L));
    }

    /** Everything up to now, with a rise, a fall, some errors and some refusals. */
    void servedFor(int seconds) {
        long now = Instant.now().getEpochSecond();
        for (long second = now - seconds; second < now; second++) {
            serves(second);
        }
    }

    void serves(long second) {
        double wave = 1 + 0.5 * Math.sin(second / 90.0) + 0.2 * random.nextDouble();
        var users = counts((long) (60 * wave), 6, second % 40 == 0 ? 3 : 0, Map.of("rate-limited", (long) (3 * wave)));
        var orders = counts((long) (25 * wave), 24, second % 97 < 6 ? 2 : 0, Map.of());
        var products = counts((long) (8 * wave), 48, 0, second % 11 == 0 ? Map.of("key-refused", 1L) : Map.of());
        live.add(
                second,
                users.plus(orders).plus(products),
                Map.of("users-api", users, "orders-api", orders, "products-api", products));
    }

    /** Each second until closed, of this version until another one is told. */
    void keepsReporting(Version version) {
        boolean first = serving == null;
        serving = version;
        reports(version);
        if (first) {
            eachSecond(() -> reports(Objects.requireNonNull(serving)));
        }
    }

    /** Reports, and counts of the second that just passed, each second until closed. */
    void keepsServing(Version version) {
        keepsReporting(version);
        eachSecond(() -> serves(Instant.now().getEpochSecond() - 1));
    }

    /** What fails once, as a store is slow or away, is done again nevertheless. */
    private void eachSecond(Runnable task) {
        var _ = each.scheduleAtFixedRate(
                () -> {
                    try {
                        task.run();
                    } catch (RuntimeException e) {
                        LOG.debug("{} could not say what it does", name, e);
                    }
                },
                0,
                1,
                TimeUnit.SECONDS);
    }

    private Counts counts(long good, double millis, long failed, Map<String, Long> refusals) {
        var latency = new HashMap<Integer, Long>();
        for (int i = 0; i < good + failed; i++) {
            double skew = Math.exp(random.nextGaussian() * 0.6);
            latency.merge(Latency.bucket((long) (millis * skew * 1_000_000)), 1L, Long::sum);
        }
        var answers = new HashMap<String, Long>(Map.of("2xx", good - good / 12, "4xx", good / 12));
        if (failed > 0) {
            answers.put("5xx", failed);
        }
        return new Counts(answers, refusals, latency);
    }

    @Override
    public void close() {
        each.close();
        redis.close();
        database.close();
    }
}
