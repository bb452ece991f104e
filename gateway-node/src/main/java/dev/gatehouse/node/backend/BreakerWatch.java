package dev.gatehouse.node.backend;

import dev.gatehouse.node.backend.balance.Failure;
import dev.gatehouse.node.backend.balance.Watch;
import dev.gatehouse.node.resilience.CircuitBreaker;
import dev.gatehouse.node.resilience.Guards;
import org.jspecify.annotations.Nullable;

/** A circuit breaker that decides whether a target is picked. */
public final class BreakerWatch implements Watch {

    private final CircuitBreaker breaker;

    private BreakerWatch(CircuitBreaker breaker) {
        this.breaker = breaker;
    }

    /** For the targets of those services that want it. */
    public static Targets.Watches of(Guards guards) {
        return (service, settings) -> {
            var breaker = settings.resilience().targetBreaker();
            // the one before is held by the endpoint until it has this: an equal one is the same
            return (endpoint, _) -> breaker.active()
                    ? new BreakerWatch(guards.target(service, endpoint.toString(), breaker))
                    : Watch.NONE;
        };
    }

    @Override
    public boolean admits() {
        return breaker.admits();
    }

    @Override
    public @Nullable Objection objection() {
        return breaker.admits()
                ? null
                : breaker.trouble()
                        .map(told -> new Objection(told.since(), told.why()))
                        .orElse(null);
    }

    @Override
    public boolean enter() {
        return breaker.enter();
    }

    @Override
    public void answered(int status, long nanos, long now) {
        breaker.answered(status, nanos, now);
    }

    @Override
    public void failed(Failure failure, long nanos) {
        breaker.failed(nanos);
    }

    @Override
    public void brokeOff(int status, long nanos) {
        breaker.brokeOff(status, nanos);
    }

    @Override
    public void left(long nanos) {
        breaker.left(nanos);
    }
}
