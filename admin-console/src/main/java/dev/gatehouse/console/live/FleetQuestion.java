package dev.gatehouse.console.live;

import dev.gatehouse.db.store.ConfigurationReader;
import dev.gatehouse.db.store.KeyStore;
import dev.gatehouse.db.store.NodeReports;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Function;

/** Reads from PostgreSQL the version and the nodes' reports; the configuration itself only when its version changed. */
public final class FleetQuestion implements Function<Optional<Fleet>, Fleet> {

    private final ConfigurationReader reader;
    private final KeyStore keys;
    private final NodeReports nodes;
    private final Clock clock;

    public FleetQuestion(ConfigurationReader reader, KeyStore keys, NodeReports nodes, Clock clock) {
        this.reader = reader;
        this.keys = keys;
        this.nodes = nodes;
        this.clock = clock;
    }

    @Override
    public Fleet apply(Optional<Fleet> previous) {
        var version = reader.version();
        var same = previous.filter(known -> known.version().equals(version));
        if (same.isPresent()) {
            var known = same.get();
            return new Fleet(known.configuration(), known.since(), nodes.all(), known.keyed());
        }
        var loaded = reader.load();
        // There may be a million keys: once one is known to be in force, they are not listed again.
        boolean keyed = previous.map(Fleet::keyed).orElse(false) || keys.anyInForce();
        return new Fleet(loaded, clock.instant(), nodes.all(), keyed);
    }
}
