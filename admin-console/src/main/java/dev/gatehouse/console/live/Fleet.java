package dev.gatehouse.console.live;

import dev.gatehouse.db.model.Version;
import dev.gatehouse.db.store.ConfigurationReader.Loaded;
import dev.gatehouse.db.store.NodeReports;
import java.time.Instant;
import java.util.List;

/**
 * What is configured, and how far it has come.
 *
 * @param since when the console first saw this version
 * @param nodes by name, silent ones included
 * @param keyed is there a key in force?
 */
public record Fleet(Loaded configuration, Instant since, List<NodeReports.Known> nodes, boolean keyed) {

    public Version version() {
        return configuration.version();
    }

    /** Nodes that serve and have this version. */
    public long current() {
        return nodes.stream()
                .filter(node -> node.serving() && node.has(version()))
                .count();
    }
}
