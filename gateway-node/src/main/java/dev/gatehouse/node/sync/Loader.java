package dev.gatehouse.node.sync;

import dev.gatehouse.db.model.Entity;
import dev.gatehouse.db.model.Snapshot;
import dev.gatehouse.db.model.Version;
import dev.gatehouse.db.settings.Problem;
import dev.gatehouse.db.store.ConfigurationReader;
import dev.gatehouse.db.store.KeyStore;
import dev.gatehouse.db.store.KeyStore.HashedKey;
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
    private boolean allKeysNew = true;
    private final List<HashedKey> unkept = new ArrayList<>();

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
        if (known.isPresent() && keysRevision > 0) {
            var delta = keyStore.since(keysRevision);
            keys.apply(delta.changed());
            unkept.addAll(delta.changed());
            keysRevision = delta.version().revision();
        } else {
            keys.replace(sink -> keysRevision = keyStore.since(0, sink).revision());
            allKeysNew = true;
        }
        var loaded = reader.load();
        var problems = new ArrayList<>(
                loaded.problems().stream().map(Problem::toString).toList());
        problems.addAll(serve(problems.isEmpty() ? loaded.snapshot() : keepingUnreadable(loaded)));
        configuration = Optional.of(loaded.version());
        return new Outcome(
                new Version(
                        loaded.version().epoch(),
                        Math.min(keysRevision, loaded.version().revision())),
                problems);
    }

    /** Keys of another epoch open nothing: better none than those of a database that was exchanged. */
    Outcome load(Disk.Stored stored, KeyLog log) {
        var version = log.load(keys)
                .filter(kept -> kept.epoch().equals(stored.version().epoch()));
        if (version.isEmpty()) {
            keys.replace(List.of());
        }
        keysRevision = version.map(Version::revision).orElse(0L);
        configuration = Optional.of(stored.version());
        var problems = new ArrayList<>(serve(stored.snapshot()));
        if (version.isEmpty()) {
            problems.add("No key could be read from the disk: only public routes are served until PostgreSQL answers.");
        }
        return new Outcome(stored.version(), problems);
    }

    Disk.Stored stored(Version version) {
        return new Disk.Stored(version, snapshot);
    }

    /** Writes down what is new of the keys. What fails is written anew the next time. */
    void keepKeys(Version version, KeyLog log) {
        if (allKeysNew || log.isWorn()) {
            allKeysNew = true;
            log.write(new Version(version.epoch(), keysRevision), keys);
        } else if (!unkept.isEmpty()) {
            log.append(new Version(version.epoch(), keysRevision), unkept);
        }
        allKeysNew = false;
        unkept.clear();
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
