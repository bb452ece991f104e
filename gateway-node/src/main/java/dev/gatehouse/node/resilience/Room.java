package dev.gatehouse.node.resilience;

import dev.gatehouse.db.resilience.Adaptive;
import dev.gatehouse.db.resilience.Concurrency;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** How many requests a service may have: so many as was written, or as its latency tells. */
final class Room {

    private final Bulkhead bulkhead;
    private final int written;
    private final @Nullable AdaptiveLimit adaptive;
    private final LongSupplier clock;

    Room(Concurrency settings, Adaptive adaptive, LongSupplier clock) {
        this.clock = clock;
        bulkhead = Guards.bulkhead(settings);
        written = bulkhead.limit();
        this.adaptive =
                adaptive.active() ? new AdaptiveLimit(adaptive, written, clock.getAsLong(), bulkhead::limit) : null;
    }

    Bulkhead bulkhead() {
        return bulkhead;
    }

    /** Is it fewer than was written, because the service is slow? */
    boolean lowered() {
        return bulkhead.limit() < written;
    }

    /** @param lost whether no answer came */
    void ended(long nanos, boolean lost) {
        if (adaptive != null) {
            adaptive.sample(nanos, bulkhead.running(), lost, clock.getAsLong());
        }
    }
}
