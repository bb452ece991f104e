package dev.gatehouse.node.resilience;

import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.db.resilience.RetryBudget;
import dev.gatehouse.db.store.ServiceState;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Rejection;
import dev.gatehouse.node.exchange.Response;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What a request passes before a service is asked, and hears what came of it. */
public final class ServiceGuard {

    /** Lets everything through. */
    public static ServiceGuard none() {
        return new ServiceGuard(null, null, new Budget(RetryBudget.DEFAULT, System::nanoTime));
    }

    private final @Nullable CircuitBreaker breaker;
    private final @Nullable Room room;
    private final Budget budget;

    ServiceGuard(@Nullable CircuitBreaker breaker, @Nullable Room room, Budget budget) {
        this.breaker = breaker;
        this.room = room;
        this.budget = budget;
    }

    /** Lets a request in, whose end is then told; else why not. May wait for its turn. */
    public @Nullable Rejection enter(Exchange exchange) {
        if (breaker != null && !breaker.admits()) {
            return open(breaker);
        }
        if (room != null && !room.bulkhead().enter(exchange)) {
            return room.lowered()
                    ? refused(Refusal.CONCURRENCY_LIMITED, "The service is slower than usual; try again in a moment.")
                    : refused(
                            Refusal.BULKHEAD_FULL,
                            "The service has as many requests as it may; try again in a moment.");
        }
        if (breaker != null && !breaker.enter()) {
            leave();
            return open(breaker);
        }
        return null;
    }

    /** As the console shows it. */
    ServiceState told(String service) {
        return new ServiceState(
                service,
                Optional.ofNullable(breaker).map(CircuitBreaker::told),
                Optional.ofNullable(room).map(Room::told));
    }

    @Nullable
    CircuitBreaker breaker() {
        return breaker;
    }

    /** What may be sent again. */
    public Budget budget() {
        return budget;
    }

    /**
     * An answer has begun; the request leaves when it is closed.
     *
     * @param exchange knows then whether it ended early
     * @param nanos since it was let in
     * @param now on the clock of {@link System#nanoTime}
     */
    public Response answered(Response response, Exchange exchange, long nanos, long now) {
        if (breaker == null && room == null) {
            return response;
        }
        if (breaker != null) {
            breaker.answered(response.status(), nanos, now);
        }
        int status = response.status();
        if (room != null) {
            room.ended(nanos, status, now);
        }
        return response.whenClosed(() -> closed(exchange.cutBy(), status, now - nanos));
    }

    private void closed(@Nullable Refusal cut, int status, long began) {
        if (breaker != null && (cut == Refusal.UPSTREAM_BROKEN || cut == Refusal.UPSTREAM_IDLE)) {
            breaker.brokeOff(status, System.nanoTime() - began);
        }
        leave();
    }

    /** No usable answer came; the request has left. */
    public void failed(long nanos) {
        if (breaker != null) {
            breaker.failed(nanos);
        }
        if (room != null) {
            room.ended(nanos, 0, System.nanoTime());
            leave();
        }
    }

    /** It came to nothing for no fault of the service; the request has left. */
    public void left(long nanos) {
        if (breaker != null) {
            breaker.left(nanos);
        }
        leave();
    }

    private void leave() {
        if (room != null) {
            room.bulkhead().leave();
        }
    }

    private static Rejection open(CircuitBreaker breaker) {
        long seconds = TimeUnit.NANOSECONDS.toSeconds(breaker.closedFor().toNanos() + TimeUnit.SECONDS.toNanos(1) - 1);
        return Rejection.of(Refusal.CIRCUIT_OPEN, "The service failed too often and is given time to recover.")
                .with("Retry-After", Long.toString(Math.max(1, seconds)));
    }

    private static Rejection refused(Refusal refusal, String reason) {
        return Rejection.of(refusal, reason).with("Retry-After", "1");
    }
}
