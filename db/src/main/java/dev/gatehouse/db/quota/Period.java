package dev.gatehouse.db.quota;

import java.time.Instant;

/**
 * A stretch of time in which a quota counts.
 *
 * @param start the first moment in it
 * @param end the first moment after it
 */
public record Period(Instant start, Instant end) {

    public boolean contains(Instant moment) {
        return !moment.isBefore(start) && moment.isBefore(end);
    }
}
