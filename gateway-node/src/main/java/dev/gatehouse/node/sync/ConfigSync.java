package dev.gatehouse.node.sync;

import dev.gatehouse.db.model.Snapshot;
import dev.gatehouse.db.store.ConfigurationReader;
import dev.gatehouse.db.store.KeyStore;
import dev.gatehouse.db.store.NodeReports;
import dev.gatehouse.node.identity.KeyTable;
import dev.gatehouse.node.limit.Share;
import dev.gatehouse.node.routing.Gateway;
import dev.gatehouse.node.routing.RouteCompiler;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps this node's configuration that of the database: asks for the version each second, loads what is new, swaps,
 * keeps it on the disk, and reports. No row and no outage ends it.
 */
public final class ConfigSync implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ConfigSync.class);
    private static final Duration HEARTBEAT = Duration.ofSeconds(2);

    /** What it says is written anew, whatever became of it there. */
    private static final Duration WHOLE = Duration.ofSeconds(30);

    private static final double JITTER = 0.2;

    private final Parts parts;
    private final Loader loader;
    private final Disk disk;
    private final KeyLog keyLog;
    private final Keeping keeping;

    /** One of its own: to compile ten thousand routes takes longer than requests may wait for their carrier. */
    private final Thread thread =
            Thread.ofPlatform().daemon().name("config-sync").unstarted(this::run);

    private volatile SyncStatus status = SyncStatus.NOTHING;
    private final Fellows fellows = new Fellows();
    private List<String> unusable = List.of();
    private long aliveNanos;
    private long reportedNanos;
    private Optional<NodeReports.Report> reported = Optional.empty();

    /** @throws UncheckedIOException when the state folder cannot be made */
    public ConfigSync(Parts parts) {
        this.parts = parts;
        this.loader = new Loader(parts.reader, parts.keyStore, parts.keys, parts.compiler, parts.gateway, parts.also);
        this.disk = new Disk(parts.stateFolder);
        this.keyLog = new KeyLog(parts.stateFolder);
        this.keeping =
                new Keeping(version -> loader.keepKeys(version, keyLog), version -> disk.save(loader.stored(version)));
    }

    /** Returns when this node has a configuration, from the database or else from its disk, or knows that neither has one. */
    public void start() {
        status = status.among(Share.behind(disk.nodes()));
        pull();
        keep();
        if (status.version().isEmpty()) {
            disk.load().ifPresent(stored -> {
                var outcome = loader.load(stored, keyLog);
                unusable = outcome.problems();
                status = status.serving(outcome.version(), true, unusable);
                LOG.warn(
                        "PostgreSQL is away; serving revision {} from the disk",
                        outcome.version().revision());
            });
        }
        thread.start();
    }

    public SyncStatus status() {
        return status;
    }

    private void run() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                double factor = 1 + ThreadLocalRandom.current().nextDouble(-JITTER, JITTER);
                Thread.sleep((long) (parts.interval.toMillis() * factor));
            } catch (InterruptedException e) {
                return;
            }
            try {
                pull();
                keep();
                report();
            } catch (RuntimeException | Error e) {
                LOG.error("The configuration was not looked after; it is again in a moment", e);
            }
        }
    }

    private void pull() {
        try {
            var newest = parts.reader.version();
            if (!loader.has(newest)) {
                var outcome = loader.load(newest);
                unusable = outcome.problems();
                status = status.serving(outcome.version(), false, problems());
                LOG.info("Serving revision {}", outcome.version().revision());
                report();
                keeping.take(outcome.version());
            } else if (status.fromDisk()) {
                status = status.serving(newest, false, status.problems());
            }
            if (!status.trouble().isEmpty()) {
                LOG.info("PostgreSQL answers again");
                status = status.troubled("");
            }
        } catch (JdbiException e) {
            trouble("PostgreSQL cannot be asked: " + reason(e), e);
        } catch (RuntimeException e) {
            trouble("The configuration cannot be loaded: " + reason(e), e);
        }
    }

    private void trouble(String sentence, RuntimeException cause) {
        if (status.trouble().isEmpty()) {
            LOG.warn("{}; serving goes on with what is there", sentence);
            LOG.debug("Because of", cause);
        }
        status = status.troubled(sentence);
    }

    private static String reason(Throwable cause) {
        var deepest = cause;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        return String.valueOf(deepest.getMessage())
                .lines()
                .findFirst()
                .orElse(deepest.getClass().getSimpleName());
    }

    private void keep() {
        keeping.goOn();
        if (status.version().isPresent() && !status.problems().equals(problems())) {
            status = status.serving(status.version().get(), status.fromDisk(), problems());
        }
    }

    private List<String> problems() {
        var problems = new ArrayList<>(unusable);
        if (!keeping.trouble().isEmpty()) {
            problems.add(keeping.trouble());
        }
        return problems;
    }

    /** At once when something changed, else as a sign of life. */
    private void report() {
        var next = parts.report.apply(status);
        boolean news = reported.filter(next::equals).isEmpty();
        long now = System.nanoTime();
        if (!news && now - aliveNanos < HEARTBEAT.toNanos()) {
            return;
        }
        try {
            if (news || now - reportedNanos >= WHOLE.toNanos()) {
                parts.reports.report(next);
                reported = Optional.of(next);
                reportedNanos = now;
            }
            var serving = parts.reports.alive(next.name(), next.boot());
            if (serving.isEmpty()) {
                // somebody took it away: the next look writes all of it
                reported = Optional.empty();
            } else {
                aliveNanos = now;
                count(fellows.seen(serving, next.name(), now));
            }
        } catch (JdbiException e) {
            LOG.debug("Report was not taken", e);
        }
    }

    private void count(Share counted) {
        var before = status.share();
        status = status.among(counted);
        if (counted.nodes() == before.nodes()) {
            return;
        }
        try {
            disk.saveNodes(counted.nodes());
        } catch (UncheckedIOException e) {
            LOG.warn("{}", e.getMessage(), e);
        }
    }

    /** Leaves in good order: the other nodes and the console no longer count this one. */
    @Override
    public void close() {
        thread.interrupt();
        try {
            if (thread.join(Duration.ofSeconds(5))) {
                keeping.finish();
            }
            if (status.trouble().isEmpty()) {
                parts.reports.forget(parts.report.apply(status).name());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (JdbiException e) {
            LOG.debug("Farewell was not taken", e);
        }
    }

    /**
     * What it takes.
     *
     * @param also takes each configuration too, and says what it cannot use of it
     * @param stateFolder of this node alone
     * @param report makes the report of a status
     * @param interval between two questions, give or take 20 %
     */
    public record Parts(
            ConfigurationReader reader,
            KeyStore keyStore,
            NodeReports reports,
            KeyTable keys,
            RouteCompiler compiler,
            Gateway gateway,
            Function<Snapshot, List<String>> also,
            Path stateFolder,
            Function<SyncStatus, NodeReports.Report> report,
            Duration interval) {}
}
