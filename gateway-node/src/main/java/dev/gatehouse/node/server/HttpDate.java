package dev.gatehouse.node.server;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The Date field, formatted once a second. */
final class HttpDate {

    private record Second(long epoch, String text) {}

    /** IMF-fixdate: RFC 9110, 5.6.7. {@code RFC_1123_DATE_TIME} would write day 5 as one digit. */
    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private static volatile Second last = new Second(-1, "");

    private HttpDate() {}

    static String now() {
        long epoch = System.currentTimeMillis() / 1000;
        var second = last;
        if (second.epoch != epoch) {
            second = new Second(epoch, FORMAT.format(Instant.ofEpochSecond(epoch)));
            last = second;
        }
        return second.text;
    }
}
