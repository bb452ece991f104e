package dev.gatehouse.console.live;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a {@link Poller} knows.
 *
 * @param value the newest answer; empty before the first one
 * @param at when that answer was had; before the first one: when the poller started
 * @param asked when it was last asked, or an answer was last missed
 * @param trouble why the last question was not answered, or is not yet after a while; empty when it was
 */
public record Reading<T>(Optional<T> value, Instant at, Instant asked, String trouble) {

    private static final Duration FRESH = Duration.ofSeconds(3);

    /** Is the value too old to be shown as the present? */
    public boolean stale() {
        return Duration.between(at, asked).compareTo(FRESH) > 0;
    }

    /** Has nothing been heard yet, not even a refusal? */
    public boolean waiting() {
        return value.isEmpty() && trouble.isEmpty();
    }
}
