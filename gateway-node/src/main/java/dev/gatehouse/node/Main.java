package dev.gatehouse.node;

import dev.gatehouse.db.environment.Environment;
import dev.gatehouse.db.key.Pepper;
import dev.gatehouse.db.live.KeyCalls;
import dev.gatehouse.db.live.LiveTraffic;
import dev.gatehouse.db.live.VersionCalls;
import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.db.model.Snapshot;
import dev.gatehouse.db.model.Version;
import dev.gatehouse.db.store.ConfigurationReader;
import dev.gatehouse.db.store.Database;
import dev.gatehouse.db.store.KeyStore;
import dev.gatehouse.db.store.KeyUses;
import dev.gatehouse.db.store.NodeReports;
import dev.gatehouse.db.store.QuotaLedger;
import dev.gatehouse.node.authentication.Attempts;
import dev.gatehouse.node.authentication.Credentials;
import dev.gatehouse.node.backend.BreakerWatch;
import dev.gatehouse.node.backend.Mirrors;
import dev.gatehouse.node.backend.Targets;
import dev.gatehouse.node.backend.UpstreamPools;
import dev.gatehouse.node.backend.balance.Stickiness;
import dev.gatehouse.node.exchange.Handler;
import dev.gatehouse.node.fetch.Fetcher;
import dev.gatehouse.node.filter.Filters;
import dev.gatehouse.node.filter.Hop;
import dev.gatehouse.node.filter.IdentityFields;
import dev.gatehouse.node.filter.Subscriptions;
import dev.gatehouse.node.identity.Identities;
import dev.gatehouse.node.identity.KeyTable;
import dev.gatehouse.node.identity.Keys;
import dev.gatehouse.node.identity.Nonces;
import dev.gatehouse.node.limit.Limiter;
import dev.gatehouse.node.limit.Rehearsal;
import dev.gatehouse.node.limit.Share;
import dev.gatehouse.node.limit.Silence;
import dev.gatehouse.node.metrics.Metrics;
import dev.gatehouse.node.quota.Quotas;
import dev.gatehouse.node.resilience.Guards;
import dev.gatehouse.node.resilience.Overload;
import dev.gatehouse.node.resilience.OverloadWatch;
import dev.gatehouse.node.routing.Backends;
import dev.gatehouse.node.routing.Gateway;
import dev.gatehouse.node.routing.RouteCompiler;
import dev.gatehouse.node.server.AdminListener;
import dev.gatehouse.node.server.HttpListener;
import dev.gatehouse.node.server.ListenerSettings;
import dev.gatehouse.node.server.Readiness;
import dev.gatehouse.node.server.tls.TlsHosts;
import dev.gatehouse.node.server.tls.TransportSecurity;
import dev.gatehouse.node.sync.ConfigSync;
import dev.gatehouse.node.sync.SyncStatus;
import dev.gatehouse.node.traffic.AccessLog;
import dev.gatehouse.node.traffic.Collector;
import dev.gatehouse.node.traffic.KeyTraffic;
import dev.gatehouse.node.traffic.LiveStats;
import dev.gatehouse.node.traffic.Traces;
import java.io.UncheckedIOException;
import java.security.Security;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.UnifiedJedis;

/** Wires a node: every part is made here, from the stores to the listeners, and ended in the opposite order. */
public final class Main implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Main.class);
    private static final int DATABASE_CONNECTIONS = 4;
    private static final int REDIS_CONNECTIONS = 64;
    private static final Duration REDIS_PATIENCE = Duration.ofMillis(250);
    private static final int SEALED_BYTES = 12;
    private static final Duration GRACE = Duration.ofSeconds(30);

    private final NodeConfig config;
    private final UUID boot = UUID.randomUUID();
    private final Instant started = Instant.now();
    private final Database database;
    private final UnifiedJedis redis;
    private final Keys keys;
    private final Limiter limiter;
    private final Quotas quotas;
    private final UpstreamPools pools;
    private final Targets targets;
    private final Mirrors mirrors;
    private final Guards guards = new Guards();
    private final Overload overload;
    private final OverloadWatch overloadWatch;
    private final AtomicReference<@Nullable ConfigSync> fleet = new AtomicReference<>();
    private final ConfigSync sync;
    private final Clock clock;
    private final Subscriptions subscriptions = new Subscriptions();
    private final IdentityFields identityFields = new IdentityFields();
    private final Identities identities;
    private final TlsHosts tls;
    private final KeyTraffic keyTraffic;
    private final LiveStats traffic;
    private final Optional<Traces> traces;
    private final Optional<AccessLog> accessLog;
    private final HttpListener listener;
    private final Optional<HttpListener> secure;
    private final AdminListener admin;

    Main(NodeConfig config, Clock clock) {
        this.config = config;
        this.clock = clock;
        tls = new TlsHosts(config.secrets());
        database = config.openDatabase(DATABASE_CONNECTIONS);
        redis = config.openRedis(REDIS_CONNECTIONS, REDIS_PATIENCE);
        var reports = new NodeReports(database);
        var table = new KeyTable();
        keys = new Keys(table, config.peppers(), clock);
        var gateway = new Gateway();
        var silence = new Silence();
        limiter = new Limiter(
                redis, boot.toString(), config.name(), this::share, clock, () -> System.nanoTime() / 1_000, silence);
        Thread.ofVirtual().name("rehearsal").start(new Rehearsal(clock));
        var seal = seal(config.peppers().oldest());
        pools = new UpstreamPools(config.stores());
        targets = new Targets(pools, BreakerWatch.of(guards), seal);
        mirrors = new Mirrors(seal);
        overload = new Overload(config.overloadDelay());
        overloadWatch = new OverloadWatch(overload);
        quotas = new Quotas(new Quotas.Parts(
                redis,
                silence,
                new QuotaLedger(database),
                config.name(),
                boot,
                this::share,
                config.stateFolder().resolve("quotas"),
                clock));
        identities = Identities.of(
                keys,
                new Fetcher(config.fetchFrom().awayFrom(config.stores())),
                config.stateFolder().resolve("issuers"),
                new Nonces(redis, clock),
                config.secrets(),
                clock);
        var filters = new Filters(
                new Credentials(identities, new Attempts(clock), clock),
                limiter,
                subscriptions,
                quotas,
                guards,
                overload);
        sync = new ConfigSync(new ConfigSync.Parts(
                new ConfigurationReader(database),
                new KeyStore(database),
                reports,
                table,
                new RouteCompiler(
                        filters,
                        new Backends(targets, mirrors, guards, config.secrets(), identities.signers()::published)),
                gateway,
                this::take,
                config.stateFolder(),
                this::report,
                config.pollInterval()));
        fleet.set(sync);
        sync.start();
        identities.start();
        var security = new TransportSecurity(gateway, tls, config.publicHttpsPort());
        keyTraffic = new KeyTraffic(
                new Hop(
                                config.pseudonym(),
                                config.collector().map(Collector::share).orElse(1.0))
                        .before(identityFields.before(security)),
                new KeyCalls(redis),
                new KeyUses(database),
                config.name(),
                clock);
        traffic = new LiveStats(keyTraffic, new LiveTraffic(redis), new VersionCalls(redis), clock);
        admin = AdminListener.start(
                config.adminHost(), config.adminPort(), this::readiness, new Metrics(limiter, quotas)::answer);
        traces = config.collector().map(collector -> new Traces(traffic, collector, config.name(), clock));
        var told = traces.<Handler>map(handler -> handler).orElse(traffic);
        accessLog = config.openAccessLog().map(lines -> new AccessLog(told, lines, clock));
        var entry = accessLog.<Handler>map(log -> log).orElse(told);
        listener = HttpListener.start(listening(config.httpPort()), entry, this::refused);
        secure = config.httpsPort().map(port -> HttpListener.start(listening(port), entry, this::refused, tls));
        secure.ifPresent(taken -> LOG.info("TLS is taken on port {}", taken.port()));
        LOG.info(
                "Node {} takes requests on port {}, health on {}:{}",
                config.name(),
                listener.port(),
                config.adminHost(),
                admin.port());
    }

    public static void main(String[] arguments) {
        // names are followed as their records say; the JVM would keep a changed address for 30 s more
        Security.setProperty("networkaddress.cache.ttl", "0");
        try {
            var node = new Main(NodeConfig.of(Environment.read(System.getenv())), Clock.systemUTC());
            Runtime.getRuntime().addShutdownHook(new Thread(node::end, "drain"));
        } catch (Environment.Invalid | IllegalArgumentException | IllegalStateException | UncheckedIOException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    /** Told to end, by SIGTERM or SIGINT: by itself the JVM would call that a failure, 143 or 130. */
    private void end() {
        int status = 1;
        try {
            close();
            status = 0;
        } finally {
            Runtime.getRuntime().halt(status);
        }
    }

    /** What names a target in a cookie: the same on all nodes, and nothing to anybody else. */
    private static Stickiness.Seal seal(Pepper pepper) {
        return name -> HexFormat.of().formatHex(pepper.derive("sticky-target:" + name), 0, SEALED_BYTES);
    }

    private ListenerSettings listening(int port) {
        return ListenerSettings.of("0.0.0.0", port)
                .trusting(config.trustedProxies())
                .withProxyProtocol(config.proxyProtocol());
    }

    int port() {
        return listener.port();
    }

    /** @throws NoSuchElementException when no TLS is taken */
    int securePort() {
        return secure.orElseThrow().port();
    }

    int adminPort() {
        return admin.port();
    }

    /** What the routes of a configuration rely on is there before they are. */
    private List<String> take(Snapshot snapshot) {
        subscriptions.take(snapshot);
        overload.take(snapshot.consumers());
        identityFields.take(snapshot.routes().values());
        quotas.subscriptions().take(snapshot);
        var problems = new ArrayList<>(identities.take(snapshot));
        problems.addAll(tls.take(snapshot.certificates()));
        return problems;
    }

    /** What came to nothing before it could be handled. */
    private void refused(Refusal refusal) {
        traffic.refused(refusal);
        accessLog.ifPresent(log -> log.refused(refusal));
    }

    /** Limits and quotas ask from their own beginning on, which is before it can be known. */
    private Share share() {
        var running = fleet.get();
        return running == null ? Share.WHOLE : running.status().share();
    }

    private NodeReports.Report report(SyncStatus status) {
        var problems = problems(status);
        limiter.awaySince().ifPresent(since -> problems.add(redisAway(since)));
        return new NodeReports.Report(
                config.name(),
                boot,
                "http://" + NodeConfig.hostName() + ":" + config.httpPort(),
                Optional.ofNullable(Main.class.getPackage().getImplementationVersion())
                        .orElse("development"),
                started,
                status.version(),
                problems,
                targets.states(),
                guards.states());
    }

    private List<String> problems(SyncStatus status) {
        var problems = new ArrayList<>(status.problems());
        problems.addAll(keys.problems());
        problems.addAll(tls.warnings(clock.instant()));
        problems.addAll(mirrors.problems());
        problems.addAll(identities.issuers().problems());
        problems.addAll(guards.problems());
        problems.addAll(overload.problems());
        problems.addAll(targets.problems());
        problems.addAll(quotas.problems());
        return problems;
    }

    private static String redisAway(Instant since) {
        return "Redis has not answered since " + since.truncatedTo(ChronoUnit.SECONDS)
                + "; each limit goes by its own rule for that.";
    }

    private Readiness readiness() {
        var status = sync.status();
        long revision = status.version().map(Version::revision).orElse(0L);
        var checks = new ArrayList<Readiness.Check>();
        checks.add(new Readiness.Check(
                "configuration",
                status.version().isPresent(),
                status.version().isEmpty()
                        ? "None yet."
                        : "Revision " + revision + (status.fromDisk() ? ", from the disk." : ".")));
        checks.add(new Readiness.Check("postgres", status.trouble().isEmpty(), status.trouble()));
        checks.add(new Readiness.Check(
                "redis",
                limiter.awaySince().isEmpty(),
                limiter.awaySince().map(Main::redisAway).orElse("")));
        problems(status).forEach(problem -> checks.add(new Readiness.Check("problem", false, problem)));
        boolean ready = status.version().isPresent();
        return new Readiness(ready, ready ? "ready" : "starting", revision, List.copyOf(checks));
    }

    private void stopListeners() {
        together(() -> listener.stop(GRACE), () -> secure.ifPresent(taken -> taken.stop(GRACE)));
    }

    /** At the same time: they share the time there is. */
    private static void together(Runnable... endings) {
        var running = Arrays.stream(endings).map(Thread::startVirtualThread).toList();
        try {
            for (var ending : running) {
                ending.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Not ready, then no new request, then the end of those that run. */
    @Override
    public void close() {
        admin.drain();
        try {
            Thread.sleep(config.drainDelay());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        stopListeners();
        accessLog.ifPresent(AccessLog::close);
        // each of these may wait for a store that is away
        together(
                () -> traces.ifPresent(Traces::close),
                traffic::close,
                keyTraffic::close,
                sync::close,
                limiter::close,
                quotas::close);
        identities.close();
        targets.close();
        pools.close();
        mirrors.close();
        overloadWatch.close();
        admin.close();
        redis.close();
        database.close();
    }
}
