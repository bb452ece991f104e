package dev.gatehouse.node.backend;

import dev.gatehouse.node.exchange.Body;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.FieldNames;
import dev.gatehouse.node.wire.HeadBuffer;
import dev.gatehouse.node.wire.HopByHop;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The head of the request that a service gets. */
final class OutboundHead {

    /** Set anew, as what the caller said of them was judged by the listener, or of one connection only. */
    private static final FieldNames REBUILT = HopByHop.NAMES.and(
            "content-length",
            "expect",
            "forwarded",
            "host",
            "x-forwarded-for",
            "x-forwarded-host",
            "x-forwarded-proto",
            "x-request-id");

    private static final Set<String> WITH_BODY = Set.of("POST", "PUT", "PATCH");

    private OutboundHead() {}

    /**
     * @param path the raw path at the service, below the target's base path
     * @param upgrade the protocol to ask for; null for none
     */
    static HeadBuffer of(Exchange exchange, ServiceTarget target, String path, @Nullable String upgrade) {
        var headers = exchange.headers();
        if (headers.contains("Connection")) {
            // a filter's doing: the listener has taken out what the client sent
            HopByHop.remove(headers);
        }
        var query = exchange.query();
        var buffer = new HeadBuffer()
                .requestLine(exchange.method(), target.basePath() + path + (query == null ? "" : "?" + query))
                .field("Host", target.authority())
                .fields(headers, REBUILT);
        forwarded(buffer, exchange);
        buffer.field("Via", "1.1 gatehouse").field("X-Request-Id", exchange.id());
        connection(buffer, exchange, upgrade);
        framing(buffer, exchange);
        return buffer.end();
    }

    private static void forwarded(HeadBuffer buffer, Exchange exchange) {
        var client = literal(exchange.client().address());
        boolean six = exchange.client().address() instanceof Inet6Address;
        var authority = exchange.authority();
        buffer.field("X-Forwarded-For", client).field("X-Forwarded-Proto", exchange.scheme());
        if (!authority.isEmpty()) {
            buffer.field("X-Forwarded-Host", authority);
        }
        // RFC 7239, 6: an IPv6 address is bracketed and quoted, a host may hold a colon and is quoted
        buffer.field(
                "Forwarded",
                "for=" + (six ? "\"[" + client + "]\"" : client)
                        + (authority.isEmpty() ? "" : ";host=\"" + authority + "\"")
                        + ";proto=" + exchange.scheme());
    }

    /** RFC 9110, 7.6.1: what concerns this connection only is named in {@code Connection}. */
    private static void connection(HeadBuffer buffer, Exchange exchange, @Nullable String upgrade) {
        if (upgrade != null) {
            buffer.field("Connection", "Upgrade").field("Upgrade", upgrade);
        } else if (exchange.downstream().trailers()) {
            buffer.field("Connection", "TE").field("TE", "trailers");
        }
    }

    private static void framing(HeadBuffer buffer, Exchange exchange) {
        long length = exchange.body().length();
        if (length == Body.UNKNOWN) {
            buffer.field("Transfer-Encoding", "chunked");
        } else if (length > 0 || WITH_BODY.contains(exchange.method())) {
            // RFC 9110, 8.6: a method that expects content says so when there is none
            buffer.field("Content-Length", Long.toString(length));
        }
    }

    /** Without the zone, which means nothing on another machine. */
    private static String literal(InetAddress address) {
        var text = address.getHostAddress();
        int zone = text.indexOf('%');
        return zone < 0 ? text : text.substring(0, zone);
    }
}
