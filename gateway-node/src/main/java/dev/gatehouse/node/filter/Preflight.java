package dev.gatehouse.node.filter;

import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.wire.Octets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A browser asks whether a page of another origin may send a request: the CORS-preflight request of the Fetch standard.
 *
 * @param method of the request it asks for
 * @param headers names of the headers it would send, in lower case
 */
public record Preflight(String origin, String method, List<String> headers) {

    private static final String METHOD = "Access-Control-Request-Method";
    private static final String HEADERS = "Access-Control-Request-Headers";

    /** Null for any other request. */
    public static @Nullable Preflight of(Exchange exchange) {
        if (!exchange.method().equals("OPTIONS")) {
            return null;
        }
        var origins = exchange.headers().all("Origin");
        var methods = exchange.headers().all(METHOD);
        if (origins.size() != 1 || methods.size() != 1) {
            return null;
        }
        var headers = new ArrayList<String>();
        for (var line : exchange.headers().all(HEADERS)) {
            for (var element : line.split(",", -1)) {
                var name = element.strip().toLowerCase(Locale.ROOT);
                // what is no name is allowed by nobody and repeated to nobody
                if (!name.isEmpty()) {
                    headers.add(Octets.isToken(name) ? name : "?");
                }
            }
        }
        return new Preflight(origins.getFirst(), methods.getFirst(), headers);
    }
}
