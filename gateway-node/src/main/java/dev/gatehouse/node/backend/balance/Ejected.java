package dev.gatehouse.node.backend.balance;

import java.time.Instant;

/**
 * An endpoint that is out of use because of what became of its requests.
 *
 * @param until when it is looked at again, in nanoseconds
 * @param trial whether it is back for one request at a time
 */
record Ejected(Instant since, String why, long until, boolean trial) {

    Ejected onTrial() {
        return new Ejected(since, why, until, true);
    }
}
