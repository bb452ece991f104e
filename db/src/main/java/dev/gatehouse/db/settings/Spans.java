package dev.gatehouse.db.settings;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 250ms}, {@code 10s}, {@code 1m}, {@code 1h30m}, {@code 7d}. */
public final class Spans {

    private static final Pattern WRITTEN =
            Pattern.compile("(?:(\\d{1,9})d)?(?:(\\d{1,9})h)?(?:(\\d{1,9})m)?(?:(\\d{1,9})s)?(?:(\\d{1,9})ms)?");
    private static final Map<String, Duration> UNITS = new LinkedHashMap<>();

    static {
        UNITS.put("d", Duration.ofDays(1));
        UNITS.put("h", Duration.ofHours(1));
        UNITS.put("m", Duration.ofMinutes(1));
        UNITS.put("s", Duration.ofSeconds(1));
        UNITS.put("ms", Duration.ofMillis(1));
    }

    private Spans() {}

    /** Empty when the text is not a duration. */
    public static Optional<Duration> read(String text) {
        var match = WRITTEN.matcher(text.strip());
        if (text.isBlank() || !match.matches()) {
            return Optional.empty();
        }
        var sum = Duration.ZERO;
        int group = 1;
        for (var unit : UNITS.values()) {
            var count = match.group(group++);
            if (count != null) {
                sum = sum.plus(unit.multipliedBy(Long.parseLong(count)));
            }
        }
        return Optional.of(sum);
    }

    /** The shortest text that reads back as the same duration, in whole milliseconds. */
    public static String write(Duration span) {
        var text = new StringBuilder();
        long rest = span.toMillis();
        for (var unit : UNITS.entrySet()) {
            long millis = unit.getValue().toMillis();
            if (rest >= millis) {
                text.append(rest / millis).append(unit.getKey());
                rest %= millis;
            }
        }
        return text.isEmpty() ? "0s" : text.toString();
    }
}
