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
            var table = measure(what, site);
            table.print(out);
            valid &= table.valid();
        }
        return valid;
    }

    private Site site() {
        var root = Path.of(System.getProperty("gatehouse.root", "")).toAbsolutePath();
        var settings = opened(new Settings(root.resolve("deploy/bench/config")));
        var certificate = new Certificate(settings);
        var stores = opened(new Stores());
        settings.set("redis", Integer.toString(stores.redisPort()));
        var contenders = new Contenders(root, options, settings, stores.environment());
        var key = stores.configure(settings.filled("gatehouse.yaml"));
        settings.set("key", key);
        if (options.routes() > 0) {
            settings.write("routes.yaml", GitHub.file(options.routes(), "upstream"));
            stores.add(settings.file("routes.yaml"));
        }
        settings.write("files/large", "0123456789abcdef".repeat(100 * 1024 / 16));
        var load = new Load(settings.filled("report.lua"), options.connections(), key);
        var upstream = new Upstream(contenders.upstream(), new Probe(certificate.trusted(), key));
        opened(Running.start(
                upstream.server(),
                Machine.LOAD_CORE,
                settings.file("upstream.log"),
                () -> upstream.answers(Case.PLAIN)));
        return new Site(settings, contenders, upstream, load);
    }

    private record Site(Settings settings, Contenders contenders, Upstream upstream, Load load) {}

    private Table measure(Case what, Site site) {
        var table = new Table(what, options);
        var running = start(what, site, table);
        try {
            running.forEach(
                    (contender, program) -> site.load().run(contender, what, options.seconds() * WARM, program));
            var turns = new ArrayList<>(running.entrySet());
            for (int round = 0; round < options.rounds(); round++) {
                for (var turn : turns) {
                    var seen = site.load().run(turn.getKey(), what, options.seconds(), turn.getValue());
                    table.add(turn.getKey().name(), seen, turn.getValue().megabytes());
                }
                // who follows whom must not count
                Collections.rotate(turns, 1);
            }
        } finally {
            running.values().forEach(Running::close);
        }
        return table;
    }

    private Map<Contender, Running> start(Case what, Site site, Table table) {
        var running = new LinkedHashMap<Contender, Running>();
        for (var name : options.contenders(what)) {
            var contender = site.contenders().of(name, what);
            try {
                running.put(
                        contender,
                        opened(Running.start(
                                contender,
                                Machine.MEASURED_CORE,
                                site.settings().file(name + ".log"),
                                () -> site.upstream().isRelayedBy(contender, what))));
            } catch (BenchException e) {
                table.skipped(name, String.valueOf(e.getMessage()));
            }
        }
        return running;
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
