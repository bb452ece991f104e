package dev.gatehouse.deploy.bench;

import dev.gatehouse.deploy.bench.routing.GitHub;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** One run: what all cases share is started, then case after case. */
final class Bench implements AutoCloseable {

    /** Rounds of warming, all in one: by then the JVM has compiled what is hot. */
    private static final int WARM = 5;

    private final Options options;
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private boolean closed;

    Bench(Options options) {
        this.options = options;
    }

    /** @return whether every round was answered without an error */
    boolean run(PrintStream out) {
        out.println(Machine.describe(options));
        var site = site();
        boolean valid = true;
        for (var what : options.cases()) {
            var report = switch (what) {
                case OVERLOAD -> overload(what, site);
                case FAULTS -> faults(what, site);
                case PLAIN, KEY, LARGE, TLS, COSTS, SWAP -> measure(what, site);
            };
            report.print(out);
            valid &= report.valid();
        }
        return valid;
    }

    private Site site() {
        var root = Path.of(System.getProperty("gatehouse.root", "")).toAbsolutePath();
        var settings = opened(new Settings(root.resolve("deploy/bench/config")));
        var certificate = new Certificate(settings);
        var stores = opened(new Stores());
        settings.set("redis", Integer.toString(stores.redisPort()));
        var token = new Token();
        settings.set("key-set", token.keySet());
        var signed = token.signed();
        var contenders = new Contenders(root, options, settings, stores.environment());
        var key = stores.configure(settings.filled("gatehouse.yaml"));
        settings.set("key", key);
        if (options.routes() > 0) {
            settings.write("routes.yaml", GitHub.file(options.routes(), "upstream"));
            stores.add(settings.file("routes.yaml"));
        }
        settings.write("files/large", "0123456789abcdef".repeat(100 * 1024 / 16));
        var load = new Load(settings.filled("report.lua"), options.connections(), key, signed);
        var upstream = new Upstream(contenders.upstream(), new Probe(certificate.trusted(), key, signed));
        var serving = opened(
                Running.start(upstream.server(), Machine.LOAD_CORE, settings.file("upstream.log"), upstream::answers));
        return new Site(settings, contenders, upstream, serving, load, stores, signed);
    }

    private record Site(
            Settings settings,
            Contenders contenders,
            Upstream upstream,
            Running serving,
            Load load,
            Stores stores,
            String token) {}

    private Table measure(Case what, Site site) {
        var table = new Table(what, options);
        var running = start(what, site, table);
        var rows = new ArrayList<>(options.rows(what));
        rows.removeIf(row -> !running.containsKey(row.contender()));
        try {
            for (var row : rows) {
                Objects.requireNonNull(running.get(row.contender())).load(row, options.seconds() * WARM, site);
            }
            for (int round = 0; round < options.rounds(); round++) {
                for (var row : rows) {
                    measure(row, Objects.requireNonNull(running.get(row.contender())), site, table);
                }
                // who follows whom must not count
                Collections.rotate(rows, 1);
            }
        } finally {
            running.values().forEach(one -> one.program.close());
        }
        return table;
    }

    private Report overload(Case what, Site site) {
        var node = site.contenders().of("node", what);
        try (var program = alone(node, what, site)) {
            var fields = "Authorization: Bearer " + site.token() + "\r\n";
            return Overloading.measure(what.rows().getFirst().path(), fields, node, program, options.seconds());
        }
    }

    private Report faults(Case what, Site site) {
        try (var targets = opened(new FaultyTargets(site.settings()))) {
            site.settings().port("working");
            site.stores().add(site.settings().filled("faults.yaml"));
            var node = site.contenders().of("node", what);
            var faults = Stream.of(Fault.values())
                    .filter(fault -> options.rows(what).stream()
                            .anyMatch(row -> row.name().equals(fault.toString())))
                    .toList();
            try (var _ = opened(new Awake(site.settings()));
                    var _ = site.serving().first();
                    var program = alone(node, what, site)) {
                return Faults.measure(faults, targets, node, program, options, site.settings());
            }
        }
    }

    private Running alone(Contender node, Case what, Site site) {
        var program = opened(Running.start(
                node,
                Machine.MEASURED_CORE,
                site.settings().file("node.log"),
                () -> site.upstream().isRelayedBy(node, "/plain", what.tls())));
        NodeState.require(node);
        return program;
    }

    private void measure(Row row, Started started, Site site, Table table) {
        var swaps = row.swaps() ? Swaps.begin(site.stores.database(), options.routes()) : null;
        try {
            table.add(row.name(), started.load(row, options.seconds(), site), started.program.megabytes());
        } finally {
            if (swaps != null) {
                swaps.close();
                table.note("%d revisions, each of %d changed routes of %d"
                        .formatted(swaps.published(), Swaps.CHANGED, options.routes()));
            }
        }
    }

    private record Started(Contender contender, Case what, Running program) {
        Round load(Row row, int seconds, Site site) {
            return site.load.run(contender.url(row.path(), what.tls()), row.shown(), seconds, program);
        }
    }

    private Map<String, Started> start(Case what, Site site, Table table) {
        var running = new LinkedHashMap<String, Started>();
        for (var name :
                options.rows(what).stream().map(Row::contender).distinct().toList()) {
            var contender = site.contenders().of(name, what);
            try {
                var program = opened(Running.start(
                        contender,
                        Machine.MEASURED_CORE,
                        site.settings().file(name + ".log"),
                        () -> relays(contender, what, site)));
                NodeState.require(contender);
                running.put(name, new Started(contender, what, program));
            } catch (BenchException e) {
                table.skipped(name, String.valueOf(e.getMessage()));
            }
        }
        return running;
    }

    private boolean relays(Contender contender, Case what, Site site) {
        return options.rows(what).stream()
                .filter(row -> row.contender().equals(contender.name()))
                .allMatch(row -> site.upstream().isRelayedBy(contender, row.path(), what.tls()));
    }

    private synchronized <T extends AutoCloseable> T opened(T part) {
        opened.push(part);
        if (closed) {
            close();
            throw new BenchException("Stopped.", null);
        }
        return part;
    }

    /** In the opposite order; once more for what was opened meanwhile does no harm. */
    @Override
    public synchronized void close() {
        closed = true;
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception e) {
                System.err.println("A part does not end: " + e);
            }
        }
    }
}
