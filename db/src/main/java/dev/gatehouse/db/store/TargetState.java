package dev.gatehouse.db.store;

import java.time.Instant;

/**
 * What one node thinks of one address of a target.
 *
 * @param target as configured, with its SRV name: {@link dev.gatehouse.db.model.Target#identity}
 * @param address what its name stands for; empty where nothing has to be looked up, and where no address was found
 * @param since when this began; the epoch where it was never otherwise
 * @param why one sentence or less; may be empty
 */
public record TargetState(
        String service, String target, String address, Condition condition, Instant since, String why) {

    /** From the best to the worst. */
    public enum Condition {
        /** Takes its part of the requests. */
        IN_USE("in use"),
        /** Takes a growing part, or none before its first check. */
        STARTING("starting"),
        /** Ejected before; takes one request at a time. */
        ON_TRIAL("on trial"),
        /** Takes those that stick to it. */
        DRAINED("drained"),
        HELD("held"),
        /** Its circuit is open. */
        BROKEN("circuit open"),
        EJECTED("ejected"),
        UNHEALTHY("unhealthy"),
        /** Its name has no address. */
        UNRESOLVED("no address");

        private final String written;

        Condition(String written) {
            this.written = written;
        }

        /** Does it get requests that any target could take? */
        public boolean serves() {
            return this == IN_USE || this == STARTING || this == ON_TRIAL;
        }

        /** Is something wrong with it? */
        public boolean troubled() {
            return !serves() && this != DRAINED && this != HELD;
        }

        @Override
        public String toString() {
            return written;
        }
    }
}
