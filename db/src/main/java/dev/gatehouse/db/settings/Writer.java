package dev.gatehouse.db.settings;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes records as plain values, without what equals its default. */
final class Writer {

    private Writer() {}

    static Map<String, Object> record(Definition definition, Record value) {
        var written = new LinkedHashMap<String, Object>();
        var values = Assembly.of(definition.type()).takeApart(value).iterator();
        for (var field : definition.fields()) {
            var plain = plain(field.shape(), values.next());
            if (field.inline() && plain instanceof Map<?, ?> alternative) {
                alternative.forEach((name, settings) -> written.put(String.valueOf(name), Settings.present(settings)));
            } else if (!isDefault(field, plain)) {
                written.put(field.name(), plain);
            }
        }
        return written;
    }

    private static boolean isDefault(Definition.Field field, Object plain) {
        return switch (plain) {
            case List<?> list -> list.isEmpty();
            case Map<?, ?> map -> map.isEmpty();
            default ->
                plain.toString().equals(field.setting().fallback())
                        && (!plain.toString().isEmpty() || field.setting().optional());
        };
    }

    private static Object plain(Shape shape, Object value) {
        return switch (shape) {
            case Shape.Text _, Shape.Whole _, Shape.Toggle _ -> value;
            case Shape.Size _ -> Sizes.write((Long) value);
            case Shape.Choice _ -> value.toString();
            case Shape.Span _ -> Spans.write((Duration) value);
            case Shape.Many many ->
                ((List<?>) value)
                        .stream()
                                .map(element -> plain(many.element(), Settings.present(element)))
                                .toList();
            case Shape.Keyed keyed -> {
                var written = new LinkedHashMap<String, Object>();
                ((Map<?, ?>) value)
                        .forEach((name, element) ->
                                written.put(String.valueOf(name), plain(keyed.value(), Settings.present(element))));
                yield written;
            }
            case Shape.Nested nested -> {
                var written = record(nested.definition(), (Record) value);
                var shorthand = nested.definition().shorthand();
                yield shorthand.isPresent() && written.size() == 1 && written.containsKey(shorthand.get())
                        ? Settings.present(written.get(shorthand.get()))
                        : written;
            }
            case Shape.OneOf oneOf -> {
                var variant = oneOf.variants().stream()
                        .filter(candidate -> candidate.definition().type().isInstance(value))
                        .findFirst()
                        .orElseThrow();
                yield Map.of(variant.name(), record(variant.definition(), (Record) value));
            }
        };
    }
}
