package dev.gatehouse.db.settings;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** Moments as people write them: {@code 2026-12-31}, which is its first moment in UTC, or {@code 2026-12-31T18:00:00Z}. */
public final class Moments {

    private static final int DATE = 10;
    private static final Instant FIRST = Instant.EPOCH;
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    private Moments() {}

    /** Empty when the text is not a moment of the years 1970 to 9999. */
    public static Optional<Instant> read(String text) {
        try {
            var moment = text.length() == DATE
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : Instant.parse(text);
            return moment.isBefore(FIRST) || moment.isAfter(LAST) ? Optional.empty() : Optional.of(moment);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
