package dev.gatehouse.db.settings;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes records as plain values, without what equals its default. */
final class Writer {

    private Writer() {}

    static Map<String, Object> record(Definition definition, Record value) {
        var written = new LinkedHashMap<String, Object>();
        for (var component : definition.type().getRecordComponents()) {
            var part = get(component, value);
            if (component.getType().isRecord() && component.isAnnotationPresent(Inline.class)) {
                var inlined = (Record) part;
                written.putAll(record(Definition.of(inlined.getClass()), inlined));
            } else {
                var field = definition.of(component);
                var plain = plain(field.shape(), part);
                if (field.inline() && plain instanceof Map<?, ?> alternative) {
                    alternative.forEach((name, settings) -> written.put(String.valueOf(name), present(settings)));
                } else if (!isDefault(field, plain)) {
                    written.put(field.name(), plain);
                }
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
                                .map(element -> plain(many.element(), present(element)))
                                .toList();
            case Shape.Keyed keyed -> {
                var written = new LinkedHashMap<String, Object>();
                ((Map<?, ?>) value)
                        .forEach((name, element) ->
                                written.put(String.valueOf(name), plain(keyed.value(), present(element))));
                yield written;
            }
            case Shape.Nested nested -> {
                var written = record(nested.definition(), (Record) value);
                var shorthand = nested.definition().shorthand();
                yield shorthand.isPresent() && written.size() == 1 && written.containsKey(shorthand.get())
                        ? present(written.get(shorthand.get()))
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

    private static Object get(RecordComponent component, Record value) {
        try {
            var accessor = component.getAccessor();
            accessor.setAccessible(true);
            return present(accessor.invoke(value));
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object present(@Nullable Object value) {
        if (value == null) {
            throw new IllegalArgumentException("A setting is null; settings hold empty texts and lists instead");
        }
        return value;
    }
}
