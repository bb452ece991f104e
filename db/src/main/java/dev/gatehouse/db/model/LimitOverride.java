package dev.gatehouse.db.model;

import dev.gatehouse.db.policy.RateLimit;
import dev.gatehouse.db.settings.Format;
import dev.gatehouse.db.settings.Moments;
import dev.gatehouse.db.settings.Setting;
import java.time.Instant;
import java.util.Optional;

/** Other numbers for one limit, for one consumer. Its count goes on under them, and goes on when they end. */
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

    /** Does it hold at that moment? */
    public boolean holds(Instant now) {
        return end().map(now::isBefore).orElse(true);
    }

    /** Empty where it stays. */
    public Optional<Instant> end() {
        return Moments.read(until);
    }

    /** The limit with these numbers instead of its own. */
    public RateLimit of(RateLimit limit) {
        long proportional = (long) Math.ceil((double) limit.burst() * requests / limit.requests());
        return limit.with(requests, limit.burst() == 0 ? 0 : burst > 0 ? burst : proportional);
    }
}
