package dev.gatehouse.node.backend;

import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.FieldNames;
import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.wire.HopByHop;
import java.net.Inet6Address;
import java.util.Set;

/** The fields of the request that a service gets, whatever it is sent over. */
final class OutboundFields {

    /** Set anew, as what the caller said of them was judged by the listener, or of one connection only. */
    static final FieldNames REBUILT = HopByHop.NAMES.and(
            "content-length",
            "expect",
            "forwarded",
            "gatehouse-mirror",
            "host",
            "x-forwarded-for",
            "x-forwarded-host",
            "x-forwarded-proto",
            "x-request-id");

    /** Says of a copy that it is one. */
    private static final String MIRRORED = "Gatehouse-Mirror";

    private static final Set<String> WITH_BODY = Set.of("POST", "PUT", "PATCH");

    /** Where they are written. */
    interface Sink {
        void field(String name, String value);
    }

    private OutboundFields() {}

    /** What is relayed, apart from what is in {@link #REBUILT}. */
    static Headers relayed(Exchange exchange) {
        var headers = exchange.headers();
        if (headers.contains("Connection")) {
            // a filter's doing: the listener has taken out what the client sent
            HopByHop.remove(headers);
        }
        return headers;
    }

    /** What the gateway says of the client and of itself. */
    static void add(Exchange exchange, Sink sink) {
        var client = exchange.client().literal();
        boolean six = exchange.client().address() instanceof Inet6Address;
        var authority = exchange.authority();
        sink.field("X-Forwarded-For", client);
        sink.field("X-Forwarded-Proto", exchange.scheme());
        if (!authority.isEmpty()) {
            sink.field("X-Forwarded-Host", authority);
        }
        // RFC 7239, 6: an IPv6 address is bracketed and quoted, a host may hold a colon and is quoted
        sink.field(
                "Forwarded",
                "for=" + (six ? "\"[" + client + "]\"" : client)
                        + (authority.isEmpty() ? "" : ";host=\"" + authority + "\"")
                        + ";proto=" + exchange.scheme());
        sink.field("X-Request-Id", exchange.id());
        var outbound = exchange.outbound();
        if (outbound != null && outbound.mirrored()) {
            sink.field(MIRRORED, "true");
        }
    }

    /** RFC 9110, 8.6: a method that expects content says so when there is none. */
    static boolean saysLength(Exchange exchange) {
        return exchange.body().length() > 0 || WITH_BODY.contains(exchange.method());
    }
}
