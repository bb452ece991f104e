package dev.gatehouse.db.routing;

import static java.time.DayOfWeek.FRIDAY;
import static java.time.DayOfWeek.MONDAY;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WeekWindowTest {

    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final int WEEK = 7 * 24 * 60;

    @ParameterizedTest
    @CsvSource({
        // 2026-11-23 is a Monday
        "2026-11-23T08:29:59Z, false",
        "2026-11-23T08:30:00Z, true",
        "2026-11-23T16:59:59Z, true",
        "2026-11-23T17:00:00Z, false",
        "2026-11-24T12:00:00Z, false",
    })
    void holdsFromItsBeginningUntilBeforeItsEnd(Instant time, boolean inside) {
        assertThat(new WeekWindow(Set.of(MONDAY), 8 * 60 + 30, 17 * 60, UTC).contains(time))
                .isEqualTo(inside);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-27T21:59:00Z, false",
        "2026-11-27T22:00:00Z, true",
        "2026-11-28T05:59:00Z, true",
        "2026-11-28T06:00:00Z, false",
        "2026-11-28T23:00:00Z, false",
        "2026-11-27T03:00:00Z, false",
    })
    void goesOnIntoTheNextDay(Instant time, boolean inside) {
        assertThat(new WeekWindow(Set.of(FRIDAY), 22 * 60, 6 * 60, UTC).contains(time))
                .isEqualTo(inside);
    }

    @Test
    void followsTheClocksOfItsZone() {
        var morning = new WeekWindow(EnumSet.allOf(DayOfWeek.class), 9 * 60, 10 * 60, ZoneId.of("Europe/Berlin"));

        assertThat(morning.contains(Instant.parse("2026-07-01T07:30:00Z"))).isTrue();
        assertThat(morning.contains(Instant.parse("2026-12-01T07:30:00Z"))).isFalse();
        assertThat(morning.contains(Instant.parse("2026-12-01T08:30:00Z"))).isTrue();
    }

    @Test
    void overlapsAnotherExactlyWhereAMinuteIsInBoth() {
        var random = new Random(20260101);
        var monday = Instant.parse("2026-11-23T00:00:00Z");
        int overlapping = 0;
        for (int i = 0; i < 300; i++) {
            var one = window(random);
            var other = window(random);
            boolean meet = IntStream.range(0, WEEK)
                    .mapToObj(minute -> monday.plusSeconds(minute * 60L))
                    .anyMatch(time -> one.contains(time) && other.contains(time));
            assertThat(one.mayOverlap(other)).as(one + " and " + other).isEqualTo(meet);
            overlapping += meet ? 1 : 0;
        }
        assertThat(overlapping).isBetween(50, 250);
    }

    private static WeekWindow window(Random random) {
        var days = EnumSet.of(DayOfWeek.of(1 + random.nextInt(7)));
        days.add(DayOfWeek.of(1 + random.nextInt(7)));
        return new WeekWindow(days, random.nextInt(24) * 60, (1 + random.nextInt(24)) * 60, UTC);
    }

    @Test
    void isNotComparedAcrossZones() {
        var here = new WeekWindow(Set.of(MONDAY), 0, 60, UTC);
        var there = new WeekWindow(Set.of(FRIDAY), 0, 60, ZoneId.of("Asia/Tokyo"));

        assertThat(here.mayOverlap(there)).isTrue();
    }
}
