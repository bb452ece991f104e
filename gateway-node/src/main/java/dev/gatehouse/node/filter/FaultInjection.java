package dev.gatehouse.node.filter;

import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.db.policy.Fault;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Filter;
import dev.gatehouse.node.exchange.Handler;
import dev.gatehouse.node.exchange.Rejection;
import dev.gatehouse.node.exchange.Response;
import java.util.random.RandomGenerator;

/** Lets some requests wait and some fail. */
final class FaultInjection implements Filter {

    private static final Rejection INJECTED = Rejection.of(
                    Refusal.FAULT_INJECTED, "This route is set to fail some requests, for tests.")
            .by("fault");

    private final Fault fault;
    private final RandomGenerator random;

    FaultInjection(Fault fault, RandomGenerator random) {
        this.fault = fault;
        this.random = random;
    }

    @Override
    public Response filter(Exchange exchange, Handler next) {
        boolean gone = !fault.delay().isZero()
                && drawn(fault.delayPercent())
                && exchange.pause(fault.delay().toNanos());
        return gone || drawn(fault.abortPercent())
                ? Response.of(INJECTED, Math.toIntExact(fault.abortStatus()))
                : next.handle(exchange);
    }

    private boolean drawn(long percent) {
        return random.nextDouble() * 100 < percent;
    }
}
