package dev.gatehouse.node.filter;

import dev.gatehouse.db.model.Method;
import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.node.exchange.Body;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Filter;
import dev.gatehouse.node.exchange.Handler;
import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.exchange.Rejection;
import dev.gatehouse.node.exchange.Response;
import dev.gatehouse.node.exchange.TraceContext;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What one hop owes the others, whatever route a request takes: it names itself in {@code Via} both ways and refuses
 * what it has seen before (RFC 9110, 7.6.3), goes on with the trace, and answers what is meant for itself.
 */
public final class Hop implements Filter {

    private static final String METHODS =
            Arrays.stream(Method.values()).map(Enum::name).collect(Collectors.joining(", "));

    private final String pseudonym;
    private final String via;
    private final double sampled;

    /**
     * @param pseudonym a token, the same on all nodes of an installation and on no node of another
     * @param sampled the share of the traces that begin here of which is to be kept what is told, 0 to 1
     */
    public Hop(String pseudonym, double sampled) {
        this.pseudonym = pseudonym;
        this.sampled = sampled;
        via = "1.1 " + pseudonym;
    }

    @Override
    public Response filter(Exchange exchange, Handler next) {
        trace(exchange);
        if (exchange.method().equals("TRACE")) {
            // it would show the caller what the gateways before this one have added: RFC 9110, 17.10
            return Rejection.of(Refusal.METHOD_NOT_ALLOWED, "The gateway does not take TRACE.")
                    .with("Allow", METHODS)
                    .toResponse();
        }
        if (exchange.path().equals("*")) {
            return new Response(204, Headers.of("Allow", METHODS), Body.empty());
        }
        if (passedHere(exchange.headers().all("Via"))) {
            return Rejection.of(Refusal.LOOP_DETECTED, "The service of this route leads back to this gateway.")
                    .toResponse();
        }
        exchange.headers().add("Via", via(exchange.version()));
        var response = next.handle(exchange);
        if (response.rejection() == null) {
            response.headers().add("Via", via);
        }
        return response;
    }

    /** Says in which version the message came here. */
    private String via(String version) {
        return version.equals("1.1") ? via : version + " " + pseudonym;
    }

    private void trace(Exchange exchange) {
        var headers = exchange.headers();
        var sent = headers.all("traceparent");
        var continued = sent.size() == 1 ? TraceContext.continued(sent.getFirst()) : Optional.<TraceContext>empty();
        if (continued.isEmpty()) {
            // says something of a trace that is not this one
            headers.remove("tracestate");
        }
        var trace = continued.orElseGet(() -> TraceContext.begun(sampled));
        headers.set("traceparent", trace.traceparent());
        exchange.trace(trace);
    }

    /** An element is protocol, name and perhaps a comment. */
    private boolean passedHere(List<String> via) {
        for (var line : via) {
            for (var element : line.split(",", -1)) {
                var words = element.strip().split("[ \\t]+", 3);
                if (words.length > 1 && words[1].equalsIgnoreCase(pseudonym)) {
                    return true;
                }
            }
        }
        return false;
    }
}
