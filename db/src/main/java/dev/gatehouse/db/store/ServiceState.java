package dev.gatehouse.db.store;

import java.time.Instant;
import java.util.Optional;

/**
 * What keeps a service from harm, as one node has it now.
 *
 * @param circuit of the whole service; empty where it has no circuit breaker
 * @param room empty where nothing bounds its requests
 */
public record ServiceState(String service, Optional<Circuit> circuit, Optional<Room> room) {

    /** From the best to the worst. */
    public enum Condition {
        CLOSED("closed"),
        /** A few probes pass. */
        HALF_OPEN("half-open"),
        /** Nothing passes. */
        OPEN("open");

        private final String written;

        Condition(String written) {
            this.written = written;
        }

        @Override
        public String toString() {
            return written;
        }
    }

    /**
     * A circuit breaker.
     *
     * @param since when it closed, or when it opened first and has not closed again
     * @param why it opened; empty when it is closed
     * @param probe when the next request passes, where it is open; else the epoch
     */
    public record Circuit(Condition condition, Instant since, String why, Instant probe) {}

    /**
     * How many requests the service has, and may have.
     *
     * @param limit how many may run now
     * @param most how many may run at most; the same where the limit does not follow latency
     * @param queue how many may wait
     * @param full whether the last request that came was refused, and one that comes now would be
     */
    public record Room(int running, int limit, int most, int waiting, int queue, boolean full) {}
}
