package dev.gatehouse.node.wire;

import dev.gatehouse.node.exchange.Headers;
import java.util.Locale;
import java.util.Set;

/** Fields behind a body: RFC 9110, 6.5. */
public final class Trailers {

    /**
     * RFC 9110, 6.5.1: what frames, routes, authenticates or says how to read a message counts only before the body. A
     * recipient that merges trailers into the head would take these for the truth.
     */
    private static final Set<String> HEAD_ONLY = Set.of(
            "age",
            "authorization",
            "cache-control",
            "content-encoding",
            "content-length",
            "content-range",
            "content-type",
            "cookie",
            "date",
            "expect",
            "expires",
            "forwarded",
            "host",
            "location",
            "max-forwards",
            "pragma",
            "range",
            "retry-after",
            "set-cookie",
            "vary",
            "via",
            "www-authenticate",
            "x-forwarded-for",
            "x-forwarded-host",
            "x-forwarded-proto",
            "x-request-id");

    private Trailers() {}

    /** Those that may be handed on, in their order. */
    public static Headers relayed(Headers trailers) {
        if (trailers.size() == 0) {
            return trailers;
        }
        var relayed = trailers.copy();
        HopByHop.remove(relayed);
        return relayed.removeIf(field -> {
            var name = field.name().toLowerCase(Locale.ROOT);
            return HEAD_ONLY.contains(name) || name.startsWith("if-");
        });
    }
}
