package dev.gatehouse.db.routing;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Hours that come again each week.
 *
 * @param days on which it begins; never empty
 * @param from minute of the day, 0 to 1439
 * @param to minute of the day, 0 to 1440, itself outside; not after {@code from}: of the next day
 */
public record WeekWindow(Set<DayOfWeek> days, int from, int to, ZoneId zone) {

    private static final int DAY = 24 * 60;

    public WeekWindow {
        days = Set.copyOf(days);
    }

    public boolean contains(Instant time) {
        var local = time.atZone(zone);
        return contains(local.getDayOfWeek(), local.getHour() * 60 + local.getMinute());
    }

    private boolean contains(DayOfWeek day, int minute) {
        if (from < to) {
            return days.contains(day) && minute >= from && minute < to;
        }
        return (minute >= from && days.contains(day)) || (minute < to && days.contains(day.minus(1)));
    }

    /** False when there is no moment in both; windows of different zones are not compared. */
    boolean mayOverlap(WeekWindow other) {
        if (!zone.equals(other.zone)) {
            return true;
        }
        for (var day : DayOfWeek.values()) {
            // two windows that meet, meet where one of them begins or a day does
            if (meet(other, day, from) || meet(other, day, other.from) || meet(other, day, 0)) {
                return true;
            }
        }
        return false;
    }

    private boolean meet(WeekWindow other, DayOfWeek day, int minute) {
        return contains(day, minute) && other.contains(day, minute);
    }

    @Override
    public String toString() {
        var names = EnumSet.copyOf(days).stream()
                .map(day -> day.name().substring(0, 3).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(" "));
        return (days.size() == DayOfWeek.values().length ? "" : names + " ") + clock(from) + "-" + clock(to) + " "
                + zone;
    }

    private static String clock(int minute) {
        return minute == DAY ? "24:00" : String.format(Locale.ROOT, "%02d:%02d", minute / 60, minute % 60);
    }
}
