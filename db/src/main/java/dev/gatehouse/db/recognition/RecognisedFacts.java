package dev.gatehouse.db.recognition;

import dev.gatehouse.db.routing.RequestFacts;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Facts of a request that know, each asked once, what its APIs and client types make of it. For one thread. */
public abstract class RecognisedFacts implements RequestFacts {

    private final Recognition recognition;
    private @Nullable String api;
    private @Nullable Asked asked;
    private @Nullable Map<String, Asked> more;
    private boolean typed;
    private @Nullable String clientType;

    protected RecognisedFacts(Recognition recognition) {
        this.recognition = recognition;
    }

    /** What it asks of the API; null when there is no such API. */
    public final @Nullable Asked asked(String name) {
        if (name.equals(api)) {
            return asked;
        }
        var versions = recognition.api(name);
        if (versions == null) {
            return null;
        }
        if (api == null) {
            api = name;
            asked = versions.asked(this);
            return asked;
        }
        // candidates of a second API at one path are rare
        if (more == null) {
            more = new HashMap<>();
        }
        return more.computeIfAbsent(name, _ -> versions.asked(this));
    }

    @Override
    public final boolean asksFor(String name, String version) {
        return switch (asked(name)) {
            case Asked.Served served -> served.version().name().equals(version);
            case Asked.Retired _, Asked.Refused _ -> true;
            case null -> false;
        };
    }

    @Override
    public final @Nullable String clientType() {
        if (!typed) {
            clientType = recognition.clientTypes().of(this);
            typed = true;
        }
        return clientType;
    }
}
