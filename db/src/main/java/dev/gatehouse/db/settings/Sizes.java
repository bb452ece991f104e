package dev.gatehouse.db.settings;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Numbers of bytes as people write them: {@code 512B}, {@code 64KiB}, {@code 10MiB}, {@code 1GiB}, {@code 1TiB}; a number alone counts bytes. */
public final class Sizes {

    private static final Pattern WRITTEN = Pattern.compile("(\\d{1,13})\\s?(B|KiB|MiB|GiB|TiB)?");
    private static final List<String> UNITS = List.of("B", "KiB", "MiB", "GiB", "TiB");
    private static final int STEP = 10;

    private Sizes() {}

    /** Empty when the text is no size, or one beyond all bounds. */
    public static Optional<Long> read(String text) {
        var match = WRITTEN.matcher(text.strip());
        if (!match.matches()) {
            return Optional.empty();
        }
        long count = Long.parseLong(match.group(1));
        int shift = STEP * UNITS.indexOf(match.group(2) == null ? "B" : match.group(2));
        return count <= Long.MAX_VALUE >> shift ? Optional.of(count << shift) : Optional.empty();
    }

    /** In the greatest unit that divides it. */
    public static String write(long bytes) {
        int unit = 0;
        long count = bytes;
        while (unit + 1 < UNITS.size() && count != 0 && count % (1 << STEP) == 0) {
            count >>= STEP;
            unit++;
        }
        return count + UNITS.get(unit);
    }
}
