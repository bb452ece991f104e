package dev.gatehouse.deploy.cli;

import dev.gatehouse.db.settings.Spans;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** {@code 30d} from now, or an instant as it stands. */
final class Expiry implements ITypeConverter<Instant> {

    private static final Duration FARTHEST = Duration.ofDays(36_500);

    @Override
    public Instant convert(String text) {
        var now = Instant.now();
        var at = Spans.read(text).map(now::plus).orElseGet(() -> instant(text));
        if (!at.isAfter(now) || at.isAfter(now.plus(FARTHEST))) {
            throw new TypeConversionException("'" + text + "' is refused: must lie in the next hundred years");
        }
        return at;
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new TypeConversionException(
                    "'" + text
                            + "' is refused: must be a duration such as 30d or 12h, or an instant such as 2030-01-31T12:00:00Z");
        }
    }
}
