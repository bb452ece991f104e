package dev.gatehouse.node.backend.balance;

import dev.gatehouse.db.model.StickyTarget;
import dev.gatehouse.db.model.Target;
import dev.gatehouse.node.exchange.Exchange;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who stays with an endpoint, by a cookie that names it to this gateway alone. */
public final class Stickiness<R> {

    /** Makes of an endpoint's name what only who has the same secret could make of it. */
    @FunctionalInterface
    public interface Seal {
        String of(String name);
    }

    private final StickyTarget settings;
    private final Seal seal;
    private final String attributes;
    private volatile Map<String, Candidate<R>> byToken = Map.of();
    private volatile Map<Endpoint, String> tokens = Map.of();

    Stickiness(StickyTarget settings, Seal seal) {
        this.settings = settings;
        this.seal = seal;
        attributes = "; Path=/"
                + (settings.lifetime().isZero()
                        ? ""
                        : "; Max-Age=" + settings.lifetime().toSeconds())
                + (settings.secure() ? "; Secure" : "")
                + "; HttpOnly; " + settings.sameSite().attribute();
    }

    void candidates(List<Candidate<R>> candidates) {
        if (settings.cookie().isEmpty()) {
            return;
        }
        var found = new HashMap<String, Candidate<R>>();
        var named = new HashMap<Endpoint, String>();
        for (var candidate : candidates) {
            if (candidate.state() != Target.State.HELD) {
                var token = seal.of(candidate.endpoint().toString());
                found.put(token, candidate);
                named.put(candidate.endpoint(), token);
            }
        }
        byToken = Map.copyOf(found);
        tokens = Map.copyOf(named);
    }

    /** Where the client was before; null where it was nowhere that still is. */
    @Nullable
    Candidate<R> wanted(Exchange exchange) {
        var known = byToken;
        if (known.isEmpty()) {
            return null;
        }
        var token = HashKey.cookie(exchange, settings.cookie());
        return token == null ? null : known.get(token);
    }

    @Nullable
    String cookie(Exchange exchange, Endpoint endpoint) {
        var token = tokens.get(endpoint);
        return token == null || token.equals(HashKey.cookie(exchange, settings.cookie()))
                ? null
                : settings.cookie() + "=" + token + attributes;
    }
}
