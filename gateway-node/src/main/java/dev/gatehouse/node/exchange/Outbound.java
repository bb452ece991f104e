package dev.gatehouse.node.exchange;

import org.jspecify.annotations.Nullable;

/**
 * What a service is asked for, where a route changes what the client asked for.
 *
 * @param path begins with a slash; checked to be canonical before it is sent
 * @param query raw; null for none
 * @param host what the service is told as Host; empty for the target's own
 * @param mirrored whether this is a copy, whose answer nobody waits for
 */
public record Outbound(String path, @Nullable String query, String host, boolean mirrored) {

    /** As the exchange stands. */
    public static Outbound of(Exchange exchange) {
        var before = exchange.outbound();
        return before == null ? new Outbound(exchange.path(), exchange.query(), "", false) : before;
    }

    public Outbound withPath(String other) {
        return new Outbound(other, query, host, mirrored);
    }

    public Outbound withQuery(@Nullable String other) {
        return new Outbound(path, other, host, mirrored);
    }

    public Outbound withHost(String other) {
        return new Outbound(path, query, other, mirrored);
    }

    public Outbound asMirror() {
        return new Outbound(path, query, host, true);
    }
}
