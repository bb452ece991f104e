package dev.gatehouse.db.settings;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Reads single values; a refused one comes back as null, its problem told. */
record Values(BiConsumer<String, String> refuse) {

    @Nullable
    String text(Shape.Text shape, @Nullable Object plain, String at) {
        if (plain instanceof List || plain instanceof java.util.Map || plain == null) {
            refuse.accept(at, "Must be a text.");
            return null;
        }
        var text = String.valueOf(plain);
        if (text.length() > shape.max()) {
            refuse.accept(at, "Must have at most " + shape.max() + " characters, has " + text.length() + ".");
            return null;
        }
        var problem = shape.format().problem(text);
        problem.ifPresent(message -> refuse.accept(at, message));
        return problem.isPresent() ? null : text;
    }

    @Nullable
    Long whole(Shape.Whole shape, @Nullable Object plain, String at) {
        var number = number(plain);
        if (number.isEmpty() || number.get() < shape.min() || number.get() > shape.max()) {
            refuse.accept(
                    at,
                    "'" + plain + "' is refused: must be a whole number from " + shape.min() + " to " + shape.max()
                            + ".");
            return null;
        }
        return number.get();
    }

    private static Optional<Long> number(@Nullable Object plain) {
        try {
            return plain instanceof Integer || plain instanceof Long || plain instanceof String
                    ? Optional.of(Long.valueOf(String.valueOf(plain).strip()))
                    : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    @Nullable
    Long size(Shape.Size shape, @Nullable Object plain, String at) {
        var size = Sizes.read(String.valueOf(plain));
        if (size.isEmpty() || size.get() < shape.min() || size.get() > shape.max()) {
            refuse.accept(
                    at,
                    "'" + plain + "' is refused: must be a size from " + Sizes.write(shape.min()) + " to "
                            + Sizes.write(shape.max()) + ", such as 512B, 64KiB or 10MiB.");
            return null;
        }
        return size.get();
    }

    @Nullable
    Boolean toggle(Shape.Toggle shape, @Nullable Object plain, String at) {
        var text = String.valueOf(plain);
        if (!text.equals("true") && !text.equals("false")) {
            refuse.accept(at, "'" + text + "' is refused: must be true or false.");
            return null;
        }
        return Boolean.valueOf(text);
    }

    @Nullable
    Enum<?> choice(Shape.Choice shape, @Nullable Object plain, String at) {
        var text = String.valueOf(plain);
        for (var constant : shape.choices()) {
            if (constant.toString().equals(text)) {
                return constant;
            }
        }
        var names = shape.choices().stream().map(Enum::toString).toList();
        refuse.accept(
                at,
                "'" + text + "' is refused: must be one of " + String.join(", ", names) + "."
                        + Nearest.hint(text, names));
        return null;
    }

    @Nullable
    Duration span(Shape.Span shape, @Nullable Object plain, String at) {
        var span = Spans.read(String.valueOf(plain));
        if (span.isEmpty()
                || span.get().compareTo(shape.min()) < 0
                || span.get().compareTo(shape.max()) > 0) {
            refuse.accept(
                    at,
                    "'" + plain + "' is refused: must be a duration from " + Spans.write(shape.min()) + " to "
                            + Spans.write(shape.max()) + ", such as 30s, 5m or 1h30m.");
            return null;
        }
        return span.get();
    }
}
