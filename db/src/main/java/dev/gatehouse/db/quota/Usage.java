package dev.gatehouse.db.quota;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What the ledger knows of an account.
 *
 * @param amount of the quota when it was last used
 * @param carried from the period before
 * @param earlierAt a moment in the recent past, and {@code earlierUsed} what was used by then
 */
public record Usage(
        Account account, long used, long amount, long carried, Instant touchedAt, Instant earlierAt, long earlierUsed) {

    /** Over less time, or over less than a thousandth of the period, a rate says nothing. */
    private static final Duration LEAST = Duration.ofSeconds(10);

    private static final int PARTS = 1_000;

    /** When it will be used up if it goes on as it did lately; empty when it lasts, or when nothing can be said. */
    public Optional<Instant> exhaustion(long allowed, Instant now) {
        if (used >= allowed) {
            return Optional.of(now);
        }
        var span = Duration.between(earlierAt, now);
        var part = Duration.between(account.period().start(), account.period().end())
                .dividedBy(PARTS);
        if (span.compareTo(LEAST) < 0 || span.compareTo(part) < 0 || used <= earlierUsed) {
            return Optional.empty();
        }
        double millis = (double) (allowed - used) / (used - earlierUsed) * span.toMillis();
        return millis < Duration.between(now, account.period().end()).toMillis()
                ? Optional.of(now.plusMillis((long) millis))
                : Optional.empty();
    }
}
