package dev.gatehouse.db.settings;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Reads plain values into records and collects every problem on the way. A value with a problem comes back as null. */
final class Reader {

    private static final Map<Class<?>, Record> UNWRITTEN = new ConcurrentHashMap<>();

    private final List<Problem> problems = new ArrayList<>();
    private final Values values = new Values(this::refuse);

    List<Problem> problems() {
        return List.copyOf(problems);
    }

    /** What stands where a setting is not written; null where there is nothing. */
    static @Nullable Object fallback(Setting setting, Shape shape) {
        if (setting.fallback().isEmpty()) {
            return null;
        }
        var reader = new Reader();
        var value = reader.value(shape, setting.fallback(), "");
        if (value == null) {
            throw new IllegalStateException("'" + setting.fallback() + "' is no default: " + reader.problems);
        }
        return value;
    }

    private void refuse(String path, String message) {
        problems.add(new Problem(path, message));
    }

    @Nullable
    Record record(Definition definition, @Nullable Object plain, String path) {
        Map<?, ?> written;
        if (plain == null) {
            written = Map.of();
        } else if (plain instanceof Map<?, ?> map) {
            written = map;
        } else if (definition.shorthand().isPresent() && !(plain instanceof List)) {
            written = Map.of(definition.shorthand().get(), plain);
        } else {
            refuse(path, "Must be a mapping with the names " + String.join(", ", definition.names()) + ".");
            return null;
        }
        int before = problems.size();
        refuseUnknown(definition, written, path);
        var read = new ArrayList<@Nullable Object>(definition.fields().size());
        for (var field : definition.fields()) {
            read.add(field.inline() ? inline(field, written, path) : field(field, written, path));
        }
        if (problems.size() > before) {
            return null;
        }
        var assembly = Assembly.of(definition.type());
        var value = assembly.build(read);
        assembly.records(value)
                .filter(Checked.class::isInstance)
                .flatMap(record -> ((Checked) record).problems().stream())
                .forEach(problem -> problems.add(problem.under(path)));
        return problems.size() > before ? null : value;
    }

    private void refuseUnknown(Definition definition, Map<?, ?> written, String path) {
        var names = definition.names();
        for (var name : written.keySet()) {
            if (!names.contains(String.valueOf(name))) {
                refuse(
                        Problem.join(path, String.valueOf(name)),
                        "Unknown name '" + name + "'." + Nearest.hint(String.valueOf(name), names) + " Known here: "
                                + String.join(", ", names) + ".");
            }
        }
    }

    /** Of the names that the alternatives have beside the others, one. */
    private @Nullable Object inline(Definition.Field field, Map<?, ?> written, String path) {
        var present = new LinkedHashMap<String, Object>();
        for (var name : field.names()) {
            var plain = written.get(name);
            if (plain != null) {
                present.put(name, plain);
            }
        }
        if (present.size() == 1) {
            return value(field.shape(), present, path);
        }
        refuse(
                path,
                "Must have exactly one of " + String.join(", ", field.names())
                        + (present.isEmpty() ? "." : "; has " + String.join(" and ", present.keySet()) + "."));
        return null;
    }

    private @Nullable Object field(Definition.Field field, Map<?, ?> written, String path) {
        var at = Problem.join(path, field.name());
        var plain = written.get(field.name());
        if (plain == null && field.fallback() != null) {
            return field.fallback();
        }
        if (plain == null && field.required() && !(field.shape() instanceof Shape.Nested)) {
            refuse(at, "Must be given.");
            return null;
        }
        if (field.shape() instanceof Shape.Text
                && !field.setting().optional()
                && plain instanceof String text
                && text.isBlank()) {
            refuse(at, "Must not be blank.");
            return null;
        }
        if (field.shape() instanceof Shape.Text
                && field.setting().optional()
                && (plain == null || (plain instanceof String text && text.isEmpty()))) {
            return "";
        }
        return value(field.shape(), plain, at);
    }

    private @Nullable Object value(Shape shape, @Nullable Object plain, String at) {
        return switch (shape) {
            case Shape.Text text -> values.text(text, plain, at);
            case Shape.Whole whole -> values.whole(whole, plain, at);
            case Shape.Size size -> values.size(size, plain, at);
            case Shape.Toggle toggle -> values.toggle(toggle, plain, at);
            case Shape.Choice choice -> values.choice(choice, plain, at);
            case Shape.Span span -> values.span(span, plain, at);
            case Shape.Many many -> many(many, plain, at);
            case Shape.Keyed keyed -> keyed(keyed, plain, at);
            case Shape.Nested nested -> plain == null ? unwritten(nested, at) : record(nested.definition(), plain, at);
            case Shape.OneOf oneOf -> oneOf(oneOf, plain, at);
        };
    }

    /** Of which nothing is written: one for all. */
    private @Nullable Record unwritten(Shape.Nested nested, String at) {
        var definition = nested.definition();
        var known = UNWRITTEN.get(definition.type());
        if (known != null) {
            return known;
        }
        var read = record(definition, null, at);
        if (read != null) {
            UNWRITTEN.put(definition.type(), read);
        }
        return read;
    }

    private @Nullable List<Object> many(Shape.Many many, @Nullable Object plain, String at) {
        if (plain != null && !(plain instanceof List)) {
            refuse(at, "Must be a list.");
            return null;
        }
        var elements = plain instanceof List<?> list ? list : List.of();
        if (elements.size() < many.min() || elements.size() > many.max()) {
            refuse(
                    at,
                    elements.isEmpty()
                            ? "Must have at least one element."
                            : "Must have between " + many.min() + " and " + many.max() + " elements.");
            return null;
        }
        var read = new ArrayList<>();
        int index = 0;
        for (var element : elements) {
            var value = value(many.element(), element, at + "[" + index++ + "]");
            if (value != null) {
                read.add(value);
            }
        }
        return List.copyOf(read);
    }

    private @Nullable Map<String, Object> keyed(Shape.Keyed keyed, @Nullable Object plain, String at) {
        if (plain != null && !(plain instanceof Map)) {
            refuse(at, "Must be a mapping of names.");
            return null;
        }
        var read = new LinkedHashMap<String, Object>();
        if (plain instanceof Map<?, ?> map) {
            map.forEach((key, element) -> {
                var name = String.valueOf(key);
                Format.NAME.problem(name).ifPresent(message -> refuse(Problem.join(at, name), message));
                var value = value(keyed.value(), element, Problem.join(at, name));
                if (value != null) {
                    read.put(name, value);
                }
            });
        }
        return read;
    }

    private @Nullable Object oneOf(Shape.OneOf oneOf, @Nullable Object plain, String at) {
        if (!(plain instanceof Map<?, ?> map) || map.size() != 1) {
            refuse(at, "Must be a mapping with exactly one name, one of: " + String.join(", ", oneOf.names()) + ".");
            return null;
        }
        var entry = map.entrySet().iterator().next();
        var name = String.valueOf(entry.getKey());
        for (var variant : oneOf.variants()) {
            if (variant.name().equals(name)) {
                return record(variant.definition(), entry.getValue(), Problem.join(at, name));
            }
        }
        refuse(
                Problem.join(at, name),
                "Unknown name '" + name + "'." + Nearest.hint(name, oneOf.names()) + " Known here: "
                        + String.join(", ", oneOf.names()) + ".");
        return null;
    }
}
