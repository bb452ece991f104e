package dev.gatehouse.node.backend.balance;

import java.time.Duration;

/** How far an endpoint that came into use has come to its full weight. For one thread at a time. */
final class Slowly {

    private static final double LEAST = 0.1;

    private boolean known;
    private boolean used;
    private boolean full = true;
    private long since;

    /**
     * Looked at once more.
     *
     * @param first whether all endpoints are new: somebody has to take the requests
     * @param time how long it takes
     */
    void used(boolean now, boolean first, Duration time, long nanos) {
        if (now && !used) {
            full = first && !known;
            since = nanos;
        }
        full |= nanos - since >= time.toNanos();
        known = true;
        used = now;
    }

    /** From a tenth to 1. */
    double part(Duration time, long nanos) {
        return full || nanos - since >= time.toNanos() ? 1 : Math.max(LEAST, (double) (nanos - since) / time.toNanos());
    }

    /** Whether it was ever looked at. */
    boolean known() {
        return known;
    }

    boolean full() {
        return full;
    }
}
