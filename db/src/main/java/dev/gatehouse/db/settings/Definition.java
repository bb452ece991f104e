package dev.gatehouse.db.settings;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Everything a record's annotations say, read once.
 *
 * @param type the record
 * @param fields in declaration order, those of inlined records in their place
 * @param names all that may be written
 * @param shorthand written name of the field whose value alone may stand for the whole; empty when there is none
 */
public record Definition(
        Class<? extends Record> type, List<Field> fields, List<String> names, Optional<String> shorthand) {

    private static final Map<Class<?>, Definition> KNOWN = new ConcurrentHashMap<>();

    /**
     * One setting of a record.
     *
     * @param inline are its alternatives written beside the record's other settings?
     * @param required must a value be written?
     * @param fallback what stands where none is; null where there is nothing
     */
    public record Field(
            String name,
            Setting setting,
            Shape shape,
            boolean inline,
            boolean required,
            @Nullable Object fallback) {

        private static Field of(RecordComponent component, Setting setting) {
            var name = setting.name().isEmpty() ? kebab(component.getName()) : setting.name();
            var shape = Definition.shape(component.getGenericType(), setting);
            return new Field(
                    name,
                    setting,
                    shape,
                    component.isAnnotationPresent(Inline.class),
                    required(setting, shape),
                    Reader.fallback(setting, shape));
        }

        private static boolean required(Setting setting, Shape shape) {
            return setting.fallback().isEmpty()
                    && !setting.optional()
                    && !(shape instanceof Shape.Many many && many.min() == 0)
                    && !(shape instanceof Shape.Keyed)
                    && !(shape instanceof Shape.Nested nested
                            && nested.definition().fields().stream().noneMatch(Field::required));
        }

        /** As written: the field's own name; the alternatives of an inlined choice, of which one is written. */
        public List<String> names() {
            return inline && shape instanceof Shape.OneOf oneOf ? oneOf.names() : List.of(name);
        }

        /** A hash of all that the shape holds would be one of a whole tree. */
        @Override
        public int hashCode() {
            return name.hashCode();
        }
    }

    public static Definition of(Class<? extends Record> type) {
        var known = KNOWN.get(type);
        if (known == null) {
            var fields = fields(type);
            known = new Definition(
                    type,
                    fields,
                    fields.stream().flatMap(field -> field.names().stream()).toList(),
                    Optional.ofNullable(type.getAnnotation(Shorthand.class)).map(Shorthand::value));
            KNOWN.put(type, known);
        }
        return known;
    }

    public Optional<Field> field(String name) {
        return fields.stream().filter(field -> field.name.equals(name)).findFirst();
    }

    private static List<Field> fields(Class<? extends Record> type) {
        var fields = new ArrayList<Field>();
        for (var component : type.getRecordComponents()) {
            if (Assembly.inlined(component)) {
                fields.addAll(of(component.getType().asSubclass(Record.class)).fields);
                continue;
            }
            var setting = component.getAnnotation(Setting.class);
            if (setting == null) {
                throw new IllegalStateException(type.getSimpleName() + "." + component.getName() + " has no @Setting");
            }
            fields.add(Field.of(component, setting));
        }
        return List.copyOf(fields);
    }

    private static Shape shape(Type type, Setting setting) {
        if (type instanceof ParameterizedType generic) {
            var arguments = generic.getActualTypeArguments();
            if (generic.getRawType() == List.class) {
                int least = setting.min().isEmpty() ? 0 : Integer.parseInt(setting.min());
                int most = setting.max().isEmpty() ? 1_000 : Integer.parseInt(setting.max());
                return new Shape.Many(element(arguments[0], setting), least, most);
            }
            if (generic.getRawType() == Map.class) {
                return new Shape.Keyed(element(arguments[1], setting));
            }
        }
        if (type == String.class) {
            return new Shape.Text(setting.format(), setting.max().isEmpty() ? 2_000 : Integer.parseInt(setting.max()));
        }
        if (type == long.class && setting.format() == Format.SIZE) {
            return new Shape.Size(size(setting.min()), size(setting.max()));
        }
        if (type == int.class || type == long.class) {
            return new Shape.Whole(Long.parseLong(setting.min()), Long.parseLong(setting.max()));
        }
        if (type == Duration.class) {
            return new Shape.Span(span(setting.min()), span(setting.max()));
        }
        return element(type, setting);
    }

    /** A type that needs no bounds of its own. */
    private static Shape element(Type type, Setting setting) {
        if (type == String.class) {
            return new Shape.Text(setting.format(), 2_000);
        }
        if (type == boolean.class) {
            return new Shape.Toggle();
        }
        if (type instanceof Class<?> plain) {
            if (plain.isEnum()) {
                return new Shape.Choice(List.of((Enum<?>[]) plain.getEnumConstants()));
            }
            if (plain.isRecord()) {
                return new Shape.Nested(of(plain.asSubclass(Record.class)));
            }
            if (plain.isSealed()) {
                return new Shape.OneOf(variants(plain));
            }
        }
        throw new IllegalStateException("No setting can be of type " + type.getTypeName());
    }

    /** Sorted by name: getPermittedSubclasses has no specified order. */
    private static List<Shape.Variant> variants(Class<?> sealed) {
        return Arrays.stream(sealed.getPermittedSubclasses())
                .map(type -> {
                    var named = type.getAnnotation(Named.class);
                    return new Shape.Variant(
                            named.value(), named.label(), named.help(), of(type.asSubclass(Record.class)));
                })
                .sorted(Comparator.comparing(Shape.Variant::name))
                .toList();
    }

    private static Duration span(String text) {
        return Spans.read(text).orElseThrow(() -> new IllegalStateException("'" + text + "' is no duration"));
    }

    private static long size(String text) {
        return Sizes.read(text).orElseThrow(() -> new IllegalStateException("'" + text + "' is no size"));
    }

    static String kebab(String camel) {
        return camel.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
