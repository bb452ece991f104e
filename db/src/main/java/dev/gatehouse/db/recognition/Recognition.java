package dev.gatehouse.db.recognition;

import dev.gatehouse.db.model.Snapshot;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All APIs and client types of one snapshot. Immutable. */
public final class Recognition {

    public static final Recognition NONE = new Recognition(Snapshot.EMPTY);

    private final Map<String, Versions> versions = new HashMap<>();
    private final ClientTypes clientTypes;

    public Recognition(Snapshot snapshot) {
        snapshot.apis().forEach((name, api) -> versions.put(name, new Versions(name, api)));
        clientTypes = new ClientTypes(snapshot.clientTypes());
    }

    /** Null when there is no such API. */
    public @Nullable Versions api(String name) {
        return versions.get(name);
    }

    public ClientTypes clientTypes() {
        return clientTypes;
    }
}
