package dev.gatehouse.node.filter;

import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Filter;
import dev.gatehouse.node.exchange.Handler;
import dev.gatehouse.node.exchange.Response;

/** Where a request for a version that is not served ends. */
final class VersionGate implements Filter {

    @Override
    public Response filter(Exchange exchange, Handler next) {
        var refusal = exchange.refusal();
        return refusal == null ? next.handle(exchange) : refusal.toResponse();
    }
}
