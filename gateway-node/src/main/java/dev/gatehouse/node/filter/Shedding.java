package dev.gatehouse.node.filter;

import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.db.resilience.Priority;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Filter;
import dev.gatehouse.node.exchange.Handler;
import dev.gatehouse.node.exchange.Rejection;
import dev.gatehouse.node.exchange.Response;
import dev.gatehouse.node.resilience.Door;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Refuses what an overloaded node cannot do, before anything is spent on it. */
final class Shedding implements Filter {

    /** Those who are refused together do not come back together. */
    private static final int LONGEST_SECONDS = 3;

    /** Made beforehand: what cannot be done is not to cost either. */
    private static final List<Rejection> REFUSED = IntStream.rangeClosed(1, LONGEST_SECONDS)
            .mapToObj(Shedding::refused)
            .toList();

    private final Door door;
    private final Priority priority;
    private final Function<Exchange, Optional<String>> consumers;

    /** @param consumers finds who is calling, as far as that costs nothing */
    Shedding(Door door, Priority priority, Function<Exchange, Optional<String>> consumers) {
        this.door = door;
        this.priority = priority;
        this.consumers = consumers;
    }

    @Override
    public Response filter(Exchange exchange, Handler next) {
        return door.admits(priority, () -> consumers.apply(exchange)) ? next.handle(exchange) : refused();
    }

    private static Response refused() {
        return REFUSED.get(ThreadLocalRandom.current().nextInt(LONGEST_SECONDS)).toResponse();
    }

    private static Rejection refused(int seconds) {
        return Rejection.of(Refusal.OVERLOADED, "This node has more to do than it can; try again in a moment.")
                .with("Retry-After", Integer.toString(seconds))
                .always();
    }
}
