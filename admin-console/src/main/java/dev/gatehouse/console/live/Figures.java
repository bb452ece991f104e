package dev.gatehouse.console.live;

import java.time.Duration;
import java.util.Locale;
import java.util.OptionalDouble;

/** Numbers as people read them: few figures, thousands apart, a unit. Nothing known is a dash, never 0. */
public final class Figures {

    /** Where a number would stand if there were one. */
    public static final String NONE = "–";

    private static final char THIN_SPACE = '\u202f';

    private Figures() {}

    public static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count).replace(',', THIN_SPACE);
    }

    /** Without its unit: {@code 0.42}, {@code 7.3}, {@code 1 284}. */
    public static String rate(OptionalDouble rate) {
        return rate.isEmpty() ? NONE : figures(rate.getAsDouble());
    }

    /** @param share 0 to 1 */
    public static String percent(OptionalDouble share) {
        if (share.isEmpty()) {
            return NONE;
        }
        double percent = share.getAsDouble() * 100;
        if (percent > 0 && percent < 0.01) {
            return "< 0.01 %";
        }
        return (percent > 99.9 && percent < 100 ? "> 99.9" : figures(percent)) + " %";
    }

    public static String millis(OptionalDouble millis) {
        if (millis.isEmpty()) {
            return NONE;
        }
        double value = millis.getAsDouble();
        return value < 999.5 ? figures(value) + " ms" : figures(value / 1_000) + " s";
    }

    /** A span as its largest unit: {@code 12 s}, {@code 4 min}, {@code 3 h}, {@code 2 d}. */
    public static String age(Duration age) {
        long seconds = Math.max(0, age.toSeconds());
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3_600) {
            return seconds / 60 + " min";
        }
        return seconds < 86_400 ? seconds / 3_600 + " h" : seconds / 86_400 + " d";
    }

    private static String figures(double value) {
        if (value == 0) {
            return "0";
        }
        if (value >= 99.95) {
            return count(Math.round(value));
        }
        int decimals = value >= 9.95 ? 0 : value >= 0.995 ? 1 : 2;
        return value < 0.005 ? "< 0.01" : String.format(Locale.ROOT, "%." + decimals + "f", value);
    }
}
