package dev.gatehouse.node.identity;

import dev.gatehouse.db.model.Consumer;
import java.util.List;
import java.util.Map;

/** The consumers of the configuration that is served. */
public final class Consumers {

    private volatile Map<String, Consumer> all = Map.of();

    /** From now on these. */
    public void take(Map<String, Consumer> consumers) {
        all = Map.copyOf(consumers);
    }

    /** Those that it belongs to; none of one that is not there. */
    public List<String> groups(String name) {
        var consumer = all.get(name);
        return consumer == null ? List.of() : consumer.groups();
    }

    public boolean has(String name) {
        return all.containsKey(name);
    }
}
