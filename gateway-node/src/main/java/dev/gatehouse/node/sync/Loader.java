package dev.gatehouse.node.sync;

import dev.gatehouse.db.model.Entity;
import dev.gatehouse.db.model.Snapshot;
import dev.gatehouse.db.model.Version;
import dev.gatehouse.db.settings.Problem;
import dev.gatehouse.db.store.ConfigurationReader;
import dev.gatehouse.db.store.KeyStore;
import dev.gatehouse.node.identity.KeyTable;
import dev.gatehouse.node.routing.Gateway;
import dev.gatehouse.node.routing.RouteCompiler;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** Brings a configuration to life: keys into their table, routes compiled beside the live ones, one swap. For one thread. */
final class Loader {

    private final ConfigurationReader reader;
    private final KeyStore keyStore;
    private final KeyTable keys;
    private final RouteCompiler compiler;
    private final Gateway gateway;
    private final Function<Snapshot, List<String>> also;
    private Snapshot snapshot = Snapshot.EMPTY;
    private Optional<Version> configuration = Optional.empty();
    private long keysRevision;

    /** @param also takes each configuration before its routes are served, and says what it cannot use of it */
    Loader(
            ConfigurationReader reader,
            KeyStore keyStore,
            KeyTable keys,
            RouteCompiler compiler,
            Gateway gateway,
            Function<Snapshot, List<String>> also) {
        this.reader = reader;
        this.keyStore = keyStore;
        this.keys = keys;
        this.compiler = compiler;
        this.gateway = gateway;
        this.also = also;
    }

    /** @param version the lower of what routes and keys have reached */
    record Outcome(Version version, List<String> problems) {}

    boolean has(Version head) {
        return configuration.filter(head::equals).isPresent() && keysRevision == head.revision();
    }

    /** Keys first: a route never meets a caller whose key it does not know yet. */
    Outcome load(Version head) {
        var known =
                configuration.filter(mine -> mine.epoch().equals(head.epoch()) && mine.revision() <= head.revision());
        var delta = keyStore.since(known.isPresent() ? keysRevision : 0);
        if (known.isPresent() && keysRevision > 0) {
            keys.apply(delta.changed());
        } else {
            keys.replace(delta.changed());
        }
        keysRevision = delta.version().revision();
        var loaded = reader.load();
        var problems = new ArrayList<>(
                loaded.problems().stream().map(Problem::toString).toList());
        problems.addAll(serve(keepingUnreadable(loaded)));
        configuration = Optional.of(loaded.version());
        return new Outcome(
                new Version(
                        loaded.version().epoch(),
                        Math.min(keysRevision, loaded.version().revision())),
                problems);
    }

    Outcome load(Disk.Stored stored) {
        keys.replace(stored.keys());
        keysRevision = stored.version().revision();
        configuration = Optional.of(stored.version());
        return new Outcome(stored.version(), serve(stored.snapshot()));
    }

    Disk.Stored stored(Version version) {
        return new Disk.Stored(version, snapshot, keys.all());
    }

    private List<String> serve(Snapshot next) {
        var problems = new ArrayList<>(also.apply(next));
        var compiled = compiler.compile(next, gateway.live());
        gateway.swap(compiled.table());
        snapshot = next;
        problems.addAll(compiled.problems());
        return problems;
    }

    /** A row that cannot be read keeps the state it had: were it left out, a wider and perhaps public route would take its requests. */
    private Snapshot keepingUnreadable(ConfigurationReader.Loaded loaded) {
        return Snapshot.of(kind -> {
            var all = new TreeMap<String, Entity>(loaded.snapshot().all(kind));
            snapshot.all(kind).forEach((name, old) -> {
                if (!all.containsKey(name) && loaded.revisionOf(kind, name) > 0) {
                    all.put(name, old);
                }
            });
            return all;
        });
    }
}
