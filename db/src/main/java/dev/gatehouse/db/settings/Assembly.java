package dev.gatehouse.db.settings;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How a record is put together of its settings' values, and taken apart, in the order of {@link Definition#fields}. Found
 * once for each type: a configuration holds ten thousand routes of a hundred settings each.
 */
final class Assembly {

    private static final ClassValue<Assembly> KNOWN = new ClassValue<>() {
        @Override
        protected Assembly computeValue(Class<?> type) {
            return new Assembly(type.asSubclass(Record.class));
        }
    };

    private final Constructor<? extends Record> constructor;
    private final List<Part> parts;

    /** @param inlined a record whose settings stand in its place; null for one setting */
    private record Part(
            Class<?> type, Method accessor, @Nullable Assembly inlined) {

        Object of(Record value) {
            try {
                return Settings.present(accessor.invoke(value));
            } catch (IllegalAccessException | InvocationTargetException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private Assembly(Class<? extends Record> type) {
        var components = type.getRecordComponents();
        try {
            constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
        constructor.setAccessible(true);
        parts = Arrays.stream(components).map(Assembly::part).toList();
    }

    private static Part part(RecordComponent component) {
        var accessor = component.getAccessor();
        accessor.setAccessible(true);
        return new Part(component.getType(), accessor, inlined(component) ? KNOWN.get(component.getType()) : null);
    }

    /** Whether the settings of this record stand beside those of its owner. */
    static boolean inlined(RecordComponent component) {
        return component.isAnnotationPresent(Inline.class)
                && component.getType().isRecord();
    }

    static Assembly of(Class<? extends Record> type) {
        return KNOWN.get(type);
    }

    /** @param values one for each field */
    Record build(List<@Nullable Object> values) {
        return build(values.iterator());
    }

    private Record build(Iterator<@Nullable Object> values) {
        var arguments = new @Nullable Object[parts.size()];
        for (int i = 0; i < arguments.length; i++) {
            var part = parts.get(i);
            arguments[i] = part.inlined == null ? argument(part.type, values.next()) : part.inlined.build(values);
        }
        try {
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(
                    constructor.getDeclaringClass().getSimpleName() + " refuses settings that passed its checks",
                    e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static @Nullable Object argument(Class<?> wanted, @Nullable Object value) {
        return wanted == int.class && value instanceof Long number ? (Object) Math.toIntExact(number) : value;
    }

    /** A value, and those in it whose settings stand beside its own. */
    Stream<Record> records(Record value) {
        return Stream.concat(
                Stream.of(value),
                parts.stream()
                        .flatMap(part ->
                                part.inlined == null ? Stream.empty() : part.inlined.records((Record) part.of(value))));
    }

    /** The values, one for each field. */
    List<Object> takeApart(Record value) {
        var values = new ArrayList<>();
        takeApart(value, values);
        return values;
    }

    private void takeApart(Record value, List<Object> values) {
        for (var part : parts) {
            var component = part.of(value);
            if (part.inlined == null) {
                values.add(component);
            } else {
                part.inlined.takeApart((Record) component, values);
            }
        }
    }
}
