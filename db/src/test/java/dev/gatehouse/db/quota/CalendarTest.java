package dev.gatehouse.db.quota;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CalendarTest {

    private static Calendar calendar(String every, String length, String anchor, String zone) {
        return new Calendar(
                Every.valueOf(every.toUpperCase(Locale.ROOT)),
                Duration.parse(length),
                anchor.equals("-") ? Optional.empty() : Optional.of(LocalDate.parse(anchor)),
                ZoneId.of(zone));
    }

    @ParameterizedTest(name = "{0} {2} {3}: {4}")
    @CsvSource({
        // hours: full hours of winter time, also where the clocks are half an hour off or jump by half an hour
        "hour,  PT1H, -, UTC,                 2026-05-05T10:59:59.999Z, 2026-05-05T10:00:00Z, 2026-05-05T11:00:00Z",
        "hour,  PT1H, -, Asia/Kolkata,        2026-05-05T10:15:00Z,     2026-05-05T09:30:00Z, 2026-05-05T10:30:00Z",
        "hour,  PT1H, -, Europe/Berlin,       2026-10-25T00:30:00Z,     2026-10-25T00:00:00Z, 2026-10-25T01:00:00Z",
        "hour,  PT1H, -, Europe/Berlin,       2026-10-25T01:30:00Z,     2026-10-25T01:00:00Z, 2026-10-25T02:00:00Z",
        "hour,  PT1H, -, Australia/Lord_Howe, 2026-04-04T15:10:00Z,     2026-04-04T14:30:00Z, 2026-04-04T15:30:00Z",
        // days: 23 hours in spring, 25 in autumn, both hemispheres
        "day,   PT1H, -, UTC,                 2026-03-29T12:00:00Z,     2026-03-29T00:00:00Z, 2026-03-30T00:00:00Z",
        "day,   PT1H, -, Europe/Berlin,       2026-03-29T12:00:00Z,     2026-03-28T23:00:00Z, 2026-03-29T22:00:00Z",
        "day,   PT1H, -, Europe/Berlin,       2026-10-25T12:00:00Z,     2026-10-24T22:00:00Z, 2026-10-25T23:00:00Z",
        "day,   PT1H, -, America/New_York,    2026-03-08T12:00:00Z,     2026-03-08T05:00:00Z, 2026-03-09T04:00:00Z",
        "day,   PT1H, -, America/New_York,    2026-11-01T05:30:00Z,     2026-11-01T04:00:00Z, 2026-11-02T05:00:00Z",
        "day,   PT1H, -, Australia/Sydney,    2026-04-05T12:00:00Z,     2026-04-04T13:00:00Z, 2026-04-05T14:00:00Z",
        "day,   PT1H, -, Australia/Lord_Howe, 2026-10-04T03:00:00Z,     2026-10-03T13:30:00Z, 2026-10-04T13:00:00Z",
        // a midnight that does not exist, one that is there twice, and a day that was skipped
        "day,   PT1H, -, Africa/Cairo,        2024-04-26T12:00:00Z,     2024-04-25T22:00:00Z, 2024-04-26T21:00:00Z",
        "day,   PT1H, -, America/Havana,      2026-11-01T04:30:00Z,     2026-11-01T04:00:00Z, 2026-11-02T05:00:00Z",
        "day,   PT1H, -, Pacific/Apia,        2011-12-30T09:59:59Z,     2011-12-29T10:00:00Z, 2011-12-30T10:00:00Z",
        "day,   PT1H, -, Pacific/Apia,        2011-12-30T10:00:00Z,     2011-12-30T10:00:00Z, 2011-12-31T10:00:00Z",
        "day,   PT1H, -, Asia/Kathmandu,      2026-01-01T00:00:00Z,     2025-12-31T18:15:00Z, 2026-01-01T18:15:00Z",
        // weeks: from Monday, or the weekday of the anchor, whatever lies between
        "week,  PT1H, -, UTC,                 2026-11-29T23:59:59Z,     2026-11-23T00:00:00Z, 2026-11-30T00:00:00Z",
        "week,  PT1H, -, UTC,                 2026-11-30T00:00:00Z,     2026-11-30T00:00:00Z, 2026-12-07T00:00:00Z",
        "week,  PT1H, 2026-01-04, UTC,        2026-11-29T00:00:00Z,     2026-11-29T00:00:00Z, 2026-12-06T00:00:00Z",
        "week,  PT1H, 2026-01-03, UTC,        2026-11-27T23:59:59Z,     2026-11-21T00:00:00Z, 2026-11-28T00:00:00Z",
        "week,  PT1H, -, Europe/Berlin,       2026-03-29T12:00:00Z,     2026-03-22T23:00:00Z, 2026-03-29T22:00:00Z",
        "week,  PT1H, -, UTC,                 2027-01-01T00:00:00Z,     2026-12-28T00:00:00Z, 2027-01-04T00:00:00Z",
        // months of 28 to 31 days, leap years and those that are none
        "month, PT1H, -, UTC,                 2026-02-28T23:59:59Z,     2026-02-01T00:00:00Z, 2026-03-01T00:00:00Z",
        "month, PT1H, -, UTC,                 2028-02-29T12:00:00Z,     2028-02-01T00:00:00Z, 2028-03-01T00:00:00Z",
        "month, PT1H, -, UTC,                 2100-02-28T12:00:00Z,     2100-02-01T00:00:00Z, 2100-03-01T00:00:00Z",
        "month, PT1H, -, UTC,                 2026-12-31T23:59:59Z,     2026-12-01T00:00:00Z, 2027-01-01T00:00:00Z",
        "month, PT1H, -, Europe/Berlin,       2026-10-31T23:00:00Z,     2026-10-31T23:00:00Z, 2026-11-30T23:00:00Z",
        "month, PT1H, -, America/Los_Angeles, 2026-03-01T07:59:59Z,     2026-02-01T08:00:00Z, 2026-03-01T08:00:00Z",
        // anniversaries: the 31st is the last day of a shorter month, and comes back after it
        "month, PT1H, 2026-01-31, UTC,        2026-02-27T23:59:59Z,     2026-01-31T00:00:00Z, 2026-02-28T00:00:00Z",
        "month, PT1H, 2026-01-31, UTC,        2026-02-28T00:00:00Z,     2026-02-28T00:00:00Z, 2026-03-31T00:00:00Z",
        "month, PT1H, 2026-01-31, UTC,        2028-02-29T00:00:00Z,     2028-02-29T00:00:00Z, 2028-03-31T00:00:00Z",
        "month, PT1H, 2026-01-31, UTC,        2028-02-28T23:00:00Z,     2028-01-31T00:00:00Z, 2028-02-29T00:00:00Z",
        "month, PT1H, 2026-01-31, UTC,        2026-04-30T00:00:00Z,     2026-04-30T00:00:00Z, 2026-05-31T00:00:00Z",
        "month, PT1H, 2026-01-30, UTC,        2026-03-01T00:00:00Z,     2026-02-28T00:00:00Z, 2026-03-30T00:00:00Z",
        "month, PT1H, 2028-02-29, UTC,        2027-03-01T00:00:00Z,     2027-02-28T00:00:00Z, 2027-03-29T00:00:00Z",
        "month, PT1H, 2026-01-15, Asia/Tokyo, 2026-12-14T15:00:00Z,     2026-12-14T15:00:00Z, 2027-01-14T15:00:00Z",
        // custom: days of the calendar, or time that passes; also before the anchor
        "custom, P10D, 2026-03-25, Europe/Berlin, 2026-03-30T00:00:00Z, 2026-03-24T23:00:00Z, 2026-04-03T22:00:00Z",
        "custom, P14D, 2026-01-05, UTC,       2026-01-04T23:59:59Z,     2025-12-22T00:00:00Z, 2026-01-05T00:00:00Z",
        "custom, PT6H, -, UTC,                2026-01-05T07:00:00Z,     2026-01-05T06:00:00Z, 2026-01-05T12:00:00Z",
        "custom, PT90M, 2026-01-05, UTC,      2026-01-05T02:59:59Z,     2026-01-05T01:30:00Z, 2026-01-05T03:00:00Z",
        "custom, PT6H, 2026-03-28, Europe/Berlin, 2026-03-29T12:00:00Z, 2026-03-29T11:00:00Z, 2026-03-29T17:00:00Z",
    })
    void aMomentFallsIntoThatPeriod(
            String every, String length, String anchor, String zone, String moment, String start, String end) {
        var period = calendar(every, length, anchor, zone).at(Instant.parse(moment));

        assertThat(period).isEqualTo(new Period(Instant.parse(start), Instant.parse(end)));
    }

    @Test
    void periodsFollowEachOtherWithoutAGapWhereverAndWheneverOneLooks() {
        var random = new Random(7);
        var kinds = List.of(Every.values());
        var zones = ZoneId.getAvailableZoneIds().stream().sorted().toList();
        var lengths = List.of(Duration.ofDays(10), Duration.ofHours(7), Duration.ofDays(1));
        for (int i = 0; i < 20_000; i++) {
            var moment = Instant.ofEpochSecond(random.nextLong(1_200_000_000L, 2_500_000_000L));
            var calendar = new Calendar(
                    kinds.get(random.nextInt(kinds.size())),
                    lengths.get(random.nextInt(lengths.size())),
                    random.nextBoolean()
                            ? Optional.empty()
                            : Optional.of(LocalDate.of(2026, 1, 1).plusDays(random.nextInt(365))),
                    ZoneId.of(zones.get(random.nextInt(zones.size()))));
            var period = calendar.at(moment);

            assertThat(period.contains(moment)).as("%s at %s", calendar, moment).isTrue();
            assertThat(calendar.at(period.start()))
                    .as("%s at %s", calendar, moment)
                    .isEqualTo(period);
            assertThat(calendar.at(period.end().minusMillis(1)))
                    .as("%s at %s", calendar, moment)
                    .isEqualTo(period);
            assertThat(calendar.at(period.end()).start())
                    .as("%s at %s", calendar, moment)
                    .isEqualTo(period.end());
            assertThat(calendar.before(period).end())
                    .as("%s at %s", calendar, moment)
                    .isEqualTo(period.start());
        }
    }
}
