package dev.gatehouse.db.model;

import dev.gatehouse.db.policy.RateLimit;
import dev.gatehouse.db.settings.Format;
import dev.gatehouse.db.settings.Moments;
import dev.gatehouse.db.settings.Setting;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Other numbers for one limit, for one consumer. Its count goes on under them, and goes on when they end. Of several for one limit
 * that which ends first holds, so that what is given for an hour stands before what was given for good.
 */
public record LimitOverride(
        @Setting(
                label = "Limit",
                help = "Name of a limit of a plan or of a route that counts per consumer or per key.",
                format = Format.NAME)
        String limit,

        @Setting(label = "Requests", help = "How many instead.", min = "1", max = "1000000000000", unit = "requests")
        long requests,

        @Setting(
                label = "Burst",
                help = "The burst of a bucket instead. 0: in proportion to the requests.",
                fallback = "0",
                min = "0",
                max = "1000000000000",
                unit = "requests")
        long burst,

        @Setting(label = "Until", help = "When it ends. Empty: it stays.", optional = true, format = Format.MOMENT)
        String until) {

    private static final double MOST = 1e12;

    /** Of all of a consumer the one that holds for that limit. */
    public static Optional<LimitOverride> holding(List<LimitOverride> all, String limit, Instant now) {
        return all.stream()
                .filter(one -> one.limit.equals(limit) && one.holds(now))
                .min(Comparator.comparing(one -> one.end().orElse(Instant.MAX)));
    }

    /** Does it hold at that moment? */
    public boolean holds(Instant now) {
        return end().map(now::isBefore).orElse(true);
    }

    /** Is that one for the same limit, and ends when this does? Nobody could say which of the two holds. */
    boolean rivals(LimitOverride other) {
        return limit.equals(other.limit) && end().equals(other.end());
    }

    /** Empty where it stays. */
    public Optional<Instant> end() {
        return Moments.read(until);
    }

    /** The limit with these numbers instead of its own. */
    public RateLimit of(RateLimit limit) {
        double proportional = Math.ceil((double) limit.burst() * requests / limit.requests());
        return limit.with(requests, limit.burst() == 0 ? 0 : burst > 0 ? burst : (long) Math.min(MOST, proportional));
    }
}
