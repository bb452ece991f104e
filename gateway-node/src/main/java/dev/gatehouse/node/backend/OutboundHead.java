package dev.gatehouse.node.backend;

import dev.gatehouse.node.exchange.Body;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.wire.HeadBuffer;
import org.jspecify.annotations.Nullable;

/** The head of the request that a service gets. */
final class OutboundHead {

    private OutboundHead() {}

    /**
     * Over HTTP/1.1.
     *
     * @param path the raw path at the service, below the target's base path
     * @param upgrade the protocol to ask for; null for none
     * @param left nanoseconds until the answer must begin
     */
    static HeadBuffer of(
            Exchange exchange,
            ServiceTarget target,
            String path,
            @Nullable String upgrade,
            DeadlineField deadline,
            long left) {
        var buffer = new HeadBuffer()
                .requestLine(exchange.method(), target(exchange, target, path))
                .field("Host", authority(exchange, target))
                .fields(OutboundFields.relayed(exchange), deadline.rebuilt());
        OutboundFields.add(exchange, buffer::field);
        deadline.add(left, buffer::field);
        connection(buffer, exchange, upgrade);
        framing(buffer, exchange);
        return buffer.end();
    }

    /** Over HTTP/2: pseudo-header fields first. */
    static Headers http2(Exchange exchange, ServiceTarget target, String path, DeadlineField deadline, long left) {
        var headers = new Headers()
                .add(":method", exchange.method())
                .add(":scheme", target.origin().tls() ? "https" : "http")
                .add(":authority", authority(exchange, target))
                .add(":path", target(exchange, target, path));
        for (var field : OutboundFields.relayed(exchange)) {
            if (!deadline.rebuilt().contains(field.name())) {
                headers.add(field.name(), field.value());
            }
        }
        OutboundFields.add(exchange, headers::add);
        deadline.add(left, headers::add);
        if (exchange.downstream().trailers()) {
            headers.add("te", "trailers");
        }
        long length = exchange.body().length();
        if (length != Body.UNKNOWN && OutboundFields.saysLength(exchange)) {
            headers.add("content-length", Long.toString(length));
        }
        return headers;
    }

    private static String authority(Exchange exchange, ServiceTarget target) {
        var outbound = exchange.outbound();
        return outbound == null || outbound.host().isEmpty() ? target.authority() : outbound.host();
    }

    private static String target(Exchange exchange, ServiceTarget target, String path) {
        var outbound = exchange.outbound();
        var query = outbound == null ? exchange.query() : outbound.query();
        return target.basePath() + path + (query == null ? "" : "?" + query);
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
        } else if (OutboundFields.saysLength(exchange)) {
            buffer.field("Content-Length", Long.toString(length));
        }
    }
}
