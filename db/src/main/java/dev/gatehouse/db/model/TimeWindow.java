package dev.gatehouse.db.model;

import dev.gatehouse.db.routing.WeekWindow;
import dev.gatehouse.db.settings.Format;
import dev.gatehouse.db.settings.Setting;
import java.time.DayOfWeek;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;

/** Hours that come again each week. */
public record TimeWindow(
        @Setting(label = "Days", help = "On which it begins. Empty: on all.", max = "7")
        List<Day> days,

        @Setting(label = "From", help = "Time of day at which it begins.", fallback = "00:00", format = Format.CLOCK)
        String from,

        @Setting(
                label = "To",
                help = "Time of day at which it ends, itself outside. Not later than its beginning: on the next day.",
                fallback = "24:00",
                format = Format.CLOCK)
        String to,

        @Setting(label = "Time zone", help = "Whose clock counts.", fallback = "UTC", format = Format.ZONE)
        String zone) {

    public TimeWindow {
        days = List.copyOf(days);
    }

    /** Ready to be asked. */
    public WeekWindow compiled() {
        var on = days.isEmpty() ? EnumSet.allOf(DayOfWeek.class) : EnumSet.noneOf(DayOfWeek.class);
        days.forEach(day -> on.add(day.day()));
        return new WeekWindow(on, minute(from) % (24 * 60), minute(to), ZoneId.of(zone));
    }

    private static int minute(String clock) {
        return Integer.parseInt(clock.substring(0, 2)) * 60 + Integer.parseInt(clock.substring(3));
    }
}
