package dev.gatehouse.db.tls;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * When a chain may be used: all of its certificates at once.
 *
 * @param from the latest not-before
 * @param until the earliest not-after
 */
public record Validity(Instant from, Instant until) {

    /** How long before its end a certificate is spoken of. */
    public static final Duration NOTICE = Duration.ofDays(30);

    /** Where in its life a chain is. */
    public enum Phase {
        EARLY,
        VALID,
        ENDING,
        OVER
    }

    public Phase at(Instant now) {
        if (now.isBefore(from)) {
            return Phase.EARLY;
        }
        if (!now.isBefore(until)) {
            return Phase.OVER;
        }
        return now.isBefore(until.minus(NOTICE)) ? Phase.VALID : Phase.ENDING;
    }

    /** A sentence without a subject, such as {@code expires on 2027-01-31, in 12 days}; empty while all is well. */
    public Optional<String> warning(Instant now) {
        return switch (at(now)) {
            case EARLY -> Optional.of("is not valid before " + date(from));
            case VALID -> Optional.empty();
            case ENDING -> {
                long days = Duration.between(now, until).toDays();
                yield Optional.of("expires on " + date(until) + ", in " + (days == 1 ? "1 day" : days + " days"));
            }
            case OVER -> Optional.of("expired on " + date(until));
        };
    }

    /** In UTC. */
    private static String date(Instant moment) {
        return moment.atOffset(ZoneOffset.UTC).toLocalDate().toString();
    }
}
