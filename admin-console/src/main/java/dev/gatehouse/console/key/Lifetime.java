package dev.gatehouse.console.key;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** For how long a new key is valid. */
enum Lifetime {
    WEEK("7 days", 7),
    MONTH("30 days", 30),
    QUARTER("90 days", 90),
    YEAR("1 year", 365),
    UNLIMITED("until revoked", 0);

    private final String written;
    private final int days;

    Lifetime(String written, int days) {
        this.written = written;
        this.days = days;
    }

    Optional<Instant> end(Instant from) {
        return this == UNLIMITED ? Optional.empty() : Optional.of(from.plus(Duration.ofDays(days)));
    }

    @Override
    public String toString() {
        return written;
    }
}
