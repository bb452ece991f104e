package dev.gatehouse.node.filter;

import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.db.policy.Addresses;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Filter;
import dev.gatehouse.node.exchange.Handler;
import dev.gatehouse.node.exchange.Rejection;
import dev.gatehouse.node.exchange.Response;

/** Takes requests from some addresses only. */
final class AddressGate implements Filter {

    private static final Rejection ELSEWHERE = Rejection.of(
                    Refusal.ADDRESS_REFUSED, "This route takes no requests from your address.")
            .by("addresses");

    private final AddressBlocks allow;
    private final AddressBlocks refuse;

    AddressGate(Addresses addresses) {
        allow = AddressBlocks.of(addresses.allow());
        refuse = AddressBlocks.of(addresses.refuse());
    }

    @Override
    public Response filter(Exchange exchange, Handler next) {
        var address = exchange.client().address();
        return !refuse.contain(address) && (allow.isEmpty() || allow.contain(address))
                ? next.handle(exchange)
                : ELSEWHERE.toResponse();
    }
}
