package dev.gatehouse.node.template;

import dev.gatehouse.db.model.Redirect;
import dev.gatehouse.db.routing.PathPattern;
import dev.gatehouse.node.exchange.Exchange;
import java.util.List;
import java.util.Optional;

/** Where a redirect leads, made of where the client asked. */
public final class Location {

    private final Redirect redirect;
    private final PathRewrite path;
    private final QueryEdits query;

    /** @throws IllegalArgumentException when the path cannot be filled from those that the pattern takes */
    public Location(Redirect redirect, PathPattern pattern) {
        this.redirect = redirect;
        path = PathRewrite.of(redirect.path(), pattern);
        query = new QueryEdits(redirect.setQuery(), List.of());
    }

    /** Absolute, as long as the client said a host. Empty when the path that comes of it has more than one reading. */
    public Optional<String> of(Exchange exchange) {
        return path.apply(exchange.path()).map(changed -> {
            var asked = query.apply(redirect.keepQuery() ? exchange.query() : null, exchange);
            return origin(exchange) + changed + (asked == null ? "" : "?" + asked);
        });
    }

    /** Empty for a client of HTTP/1.0 that names no host: what follows is relative to where it is. */
    private String origin(Exchange exchange) {
        var authority = exchange.authority();
        int colon = port(authority);
        var host = redirect.host().isEmpty() ? authority.substring(0, colon) : redirect.host();
        if (host.isEmpty()) {
            return "";
        }
        var scheme = redirect.scheme() == Redirect.Scheme.KEEP
                ? exchange.scheme()
                : redirect.scheme().toString();
        return scheme + "://" + host + port(scheme, colon < authority.length() ? authority.substring(colon + 1) : "");
    }

    /** The usual one of a scheme is left out. */
    private String port(String scheme, String asked) {
        var port = redirect.port() > 0
                ? Long.toString(redirect.port())
                : redirect.scheme() == Redirect.Scheme.KEEP ? asked : "";
        boolean usual = port.isEmpty() || port.equals(scheme.equals("https") ? "443" : "80");
        return usual ? "" : ":" + port;
    }

    /** Where the colon before the port stands, or the end; an IPv6 address has colons of its own in brackets. */
    private static int port(String authority) {
        int colon = authority.lastIndexOf(':');
        return colon > authority.lastIndexOf(']') ? colon : authority.length();
    }
}
