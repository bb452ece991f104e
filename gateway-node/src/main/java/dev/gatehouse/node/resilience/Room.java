package dev.gatehouse.node.resilience;

import dev.gatehouse.db.resilience.Adaptive;
import dev.gatehouse.db.resilience.Concurrency;
import dev.gatehouse.db.store.ServiceState;
import org.jspecify.annotations.Nullable;

/** How many requests a service may have: so many as was written, or as its latency tells. */
final class Room {

    private final Bulkhead bulkhead;
    private final int written;
    private final int queue;
    private final int most;
    private final @Nullable AdaptiveLimit adaptive;

    Room(Concurrency settings, Adaptive adaptive, long now) {
        bulkhead = Guards.bulkhead(settings);
        written = bulkhead.limit();
        queue = (int) settings.queue();
        most = adaptive.active() ? (int) Math.max(adaptive.least(), Math.min(written, adaptive.most())) : written;
        this.adaptive = adaptive.active() ? new AdaptiveLimit(adaptive, most, now, bulkhead::limit) : null;
    }

    Bulkhead bulkhead() {
        return bulkhead;
    }

    /** Is it fewer than was written, because the service is slow? */
    boolean lowered() {
        return bulkhead.limit() < written;
    }

    /** As the console shows it. */
    ServiceState.Room told() {
        return new ServiceState.Room(
                bulkhead.running(), bulkhead.limit(), most, bulkhead.waiting(), queue, bulkhead.full());
    }

    /** @param status of the answer; 0 where none came */
    void ended(long nanos, int status, long now) {
        if (adaptive != null) {
            adaptive.sample(nanos, bulkhead.running(), status, now);
        }
    }
}
