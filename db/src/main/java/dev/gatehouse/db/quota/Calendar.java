package dev.gatehouse.db.quota;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Optional;

/**
 * The periods of a quota: without a gap, and the same for whoever asks. Days, weeks and months begin at midnight of the
 * time zone (where the clocks jump over it: with the first moment of that day), so that a day may have 23 or 25 hours.
 *
 * @param length of a custom period: whole days are days of the calendar, anything else is time that passes
 * @param anchor a day on which a period begins: its weekday for weeks, its day for months (the last of a shorter month),
 *     where the counting starts for custom ones; empty: Mondays, firsts, and 1 January 1970
 */
public record Calendar(Every every, Duration length, Optional<LocalDate> anchor, ZoneId zone) {

    private static final LocalDate EPOCH = LocalDate.EPOCH;
    private static final int DAYS_OF_WEEK = 7;

    /** The one that the moment falls into. */
    public Period at(Instant moment) {
        return switch (every) {
            case HOUR -> hour(moment);
            case DAY -> days(date(moment), 1);
            case WEEK -> week(date(moment));
            case MONTH -> month(date(moment));
            case CUSTOM -> custom(moment);
        };
    }

    /** The one before it. */
    public Period before(Period period) {
        return at(period.start().minusMillis(1));
    }

    private LocalDate date(Instant moment) {
        return moment.atZone(zone).toLocalDate();
    }

    /** An hour is time that passes; it begins with a full hour of the zone's winter time, whatever the clocks do. */
    private Period hour(Instant moment) {
        long offset = zone.getRules().getStandardOffset(moment).getTotalSeconds();
        return passing(moment, Instant.ofEpochSecond(-offset), Duration.ofHours(1));
    }

    private Period week(LocalDate date) {
        var first = anchor.map(LocalDate::getDayOfWeek).orElse(DayOfWeek.MONDAY);
        return days(date.with(TemporalAdjusters.previousOrSame(first)), DAYS_OF_WEEK);
    }

    private Period month(LocalDate date) {
        var month = YearMonth.from(date);
        if (date.isBefore(start(month))) {
            month = month.minusMonths(1);
        }
        return between(start(month), start(month.plusMonths(1)));
    }

    private LocalDate start(YearMonth month) {
        int day = anchor.map(LocalDate::getDayOfMonth).orElse(1);
        return month.atDay(Math.min(day, month.lengthOfMonth()));
    }

    private Period custom(Instant moment) {
        var from = anchor.orElse(EPOCH);
        long days = length.toDays();
        if (!length.equals(Duration.ofDays(days))) {
            return passing(moment, from.atStartOfDay(zone).toInstant(), length);
        }
        var date = date(moment);
        return days(date.minusDays(Math.floorMod(ChronoUnit.DAYS.between(from, date), days)), days);
    }

    private static Period passing(Instant moment, Instant from, Duration length) {
        long passed = Math.floorDiv(Duration.between(from, moment).toMillis(), length.toMillis());
        var start = from.plus(length.multipliedBy(passed));
        return new Period(start, start.plus(length));
    }

    private Period days(LocalDate first, long days) {
        return between(first, first.plusDays(days));
    }

    private Period between(LocalDate first, LocalDate next) {
        return new Period(
                first.atStartOfDay(zone).toInstant(), next.atStartOfDay(zone).toInstant());
    }
}
