package dev.gatehouse.db.model;

import java.time.DayOfWeek;
import java.util.Locale;

/** A day of the week, as it is written. */
public enum Day {
    MON(DayOfWeek.MONDAY),
    TUE(DayOfWeek.TUESDAY),
    WED(DayOfWeek.WEDNESDAY),
    THU(DayOfWeek.THURSDAY),
    FRI(DayOfWeek.FRIDAY),
    SAT(DayOfWeek.SATURDAY),
    SUN(DayOfWeek.SUNDAY);

    private final DayOfWeek day;

    Day(DayOfWeek day) {
        this.day = day;
    }

    DayOfWeek day() {
        return day;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
