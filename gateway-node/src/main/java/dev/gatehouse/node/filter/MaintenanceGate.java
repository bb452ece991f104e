package dev.gatehouse.node.filter;

import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.db.policy.Maintenance;
import dev.gatehouse.db.routing.AddressBlock;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Filter;
import dev.gatehouse.node.exchange.Handler;
import dev.gatehouse.node.exchange.Rejection;
import dev.gatehouse.node.exchange.Response;
import java.util.List;

/** Lets nobody through but those who work on it. */
final class MaintenanceGate implements Filter {

    private final boolean active;
    private final List<AddressBlock> allowed;
    private final Rejection closed;

    MaintenanceGate(Maintenance maintenance) {
        active = maintenance.active();
        allowed = maintenance.addresses().stream().map(AddressBlock::of).toList();
        closed = Rejection.of(Refusal.MAINTENANCE, maintenance.message())
                .by("maintenance")
                .with("Retry-After", Long.toString(maintenance.retryAfter().toSeconds()));
    }

    @Override
    public Response filter(Exchange exchange, Handler next) {
        return active && !allowed(exchange) ? closed.toResponse() : next.handle(exchange);
    }

    private boolean allowed(Exchange exchange) {
        var address = exchange.client().address();
        for (var block : allowed) {
            if (block.contains(address)) {
                return true;
            }
        }
        return false;
    }
}
