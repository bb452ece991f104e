package dev.gatehouse.console.key;

import java.time.Duration;

/** For how long a key is still taken beside the one that replaces it. */
enum Overlap {
    NONE("not at all", Duration.ZERO),
    HOUR("1 hour", Duration.ofHours(1)),
    DAY("1 day", Duration.ofDays(1)),
    WEEK("7 days", Duration.ofDays(7)),
    MONTH("30 days", Duration.ofDays(30));

    private final String written;
    private final Duration span;

    Overlap(String written, Duration span) {
        this.written = written;
        this.span = span;
    }

    Duration span() {
        return span;
    }

    @Override
    public String toString() {
        return written;
    }
}
