package dev.gatehouse.node;

import com.sun.net.httpserver.HttpExchange;
import dev.gatehouse.node.traffic.Collector;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.net.URI;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;

/** Takes spans as a collector does, and tells what they say. */
final class SpanCollector implements AutoCloseable {

    private final Queue<ExportTraceServiceRequest> taken = new ConcurrentLinkedQueue<>();
    private final Upstream server = new Upstream(this::take);

    private void take(HttpExchange exchange) throws IOException {
        if (!"secret".equals(exchange.getRequestHeaders().getFirst("X-Token"))) {
            exchange.sendResponseHeaders(401, -1);
        } else {
            taken.add(ExportTraceServiceRequest.parseFrom(exchange.getRequestBody()));
            exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
            exchange.sendResponseHeaders(200, -1);
        }
        exchange.close();
    }

    Collector told() {
        return new Collector(URI.create(server.url() + "/v1/traces"), Map.of("X-Token", "secret"), "gatehouse", 1);
    }

    /** In the order in which they began. */
    List<Span> spans() {
        return taken.stream()
                .flatMap(request -> request.getResourceSpansList().stream())
                .flatMap(resource -> resource.getScopeSpansList().stream())
                .flatMap(scope -> scope.getSpansList().stream())
                .sorted((one, other) -> Long.compareUnsigned(one.getStartTimeUnixNano(), other.getStartTimeUnixNano()))
                .toList();
    }

    /** The gateway's own span of the only request to that path. */
    Span own(String path) {
        return spans().stream()
                .filter(span -> attributes(span).getOrDefault("url.path", "").equals(path))
                .reduce((_, _) -> {
                    throw new AssertionError("two spans for " + path);
                })
                .orElseThrow();
    }

    List<Span> beneath(Span parent) {
        return spans().stream()
                .filter(span -> span.getParentSpanId().equals(parent.getSpanId()))
                .toList();
    }

    static Map<String, String> attributes(Span span) {
        return span.getAttributesList().stream().collect(Collectors.toMap(one -> one.getKey(), one -> {
            var value = one.getValue();
            return switch (value.getValueCase()) {
                case STRING_VALUE -> value.getStringValue();
                case INT_VALUE -> Long.toString(value.getIntValue());
                case BOOL_VALUE -> Boolean.toString(value.getBoolValue());
                default -> throw new AssertionError(value);
            };
        }));
    }

    static String id(Span span) {
        return HexFormat.of().formatHex(span.getSpanId().toByteArray());
    }

    @Override
    public void close() {
        server.close();
    }
}
