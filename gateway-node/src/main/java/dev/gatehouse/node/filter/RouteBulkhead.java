package dev.gatehouse.node.filter;

import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Filter;
import dev.gatehouse.node.exchange.Handler;
import dev.gatehouse.node.exchange.Rejection;
import dev.gatehouse.node.exchange.Response;
import dev.gatehouse.node.resilience.Bulkhead;

/** Lets only so many requests of a route run at once, until their answers have been passed on. */
final class RouteBulkhead implements Filter {

    private static final Rejection FULL = Rejection.of(
                    Refusal.BULKHEAD_FULL, "This route has as many requests as it may; try again in a moment.")
            .with("Retry-After", "1")
            .always();

    private final Bulkhead bulkhead;

    RouteBulkhead(Bulkhead bulkhead) {
        this.bulkhead = bulkhead;
    }

    @Override
    public Response filter(Exchange exchange, Handler next) {
        if (!bulkhead.enter(exchange)) {
            return FULL.toResponse();
        }
        boolean handed = false;
        try {
            var response = next.handle(exchange).whenClosed(bulkhead::leave);
            handed = true;
            return response;
        } finally {
            if (!handed) {
                bulkhead.leave();
            }
        }
    }
}
