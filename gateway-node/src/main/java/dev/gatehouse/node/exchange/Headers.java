package dev.gatehouse.node.exchange;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Header fields in the order they came, names in the case they came; names compare without case (RFC 9110, 5.1).
 * Mutable, owned by one exchange, not for two threads at once.
 */
public final class Headers implements Iterable<Headers.Field> {

    /** One field line. */
    public record Field(String name, String value) {}

    private final List<Field> fields;

    public Headers() {
        this(new ArrayList<>());
    }

    private Headers(List<Field> fields) {
        this.fields = fields;
    }

    /** @param namesAndValues name, value, name, value … */
    public static Headers of(String... namesAndValues) {
        var headers = new Headers();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            headers.add(namesAndValues[i], namesAndValues[i + 1]);
        }
        return headers;
    }

    public Headers copy() {
        return new Headers(new ArrayList<>(fields));
    }

    /** The first value of that name. */
    public Optional<String> first(String name) {
        for (var field : fields) {
            if (field.name.equalsIgnoreCase(name)) {
                return Optional.of(field.value);
            }
        }
        return Optional.empty();
    }

    /** All values of that name, in order, one entry a field line. */
    public List<String> all(String name) {
        var values = new ArrayList<String>(1);
        for (var field : fields) {
            if (field.name.equalsIgnoreCase(name)) {
                values.add(field.value);
            }
        }
        return values;
    }

    public boolean contains(String name) {
        return first(name).isPresent();
    }

    public Headers add(String name, String value) {
        fields.add(new Field(name, value));
        return this;
    }

    public Headers addAll(Headers others) {
        fields.addAll(others.fields);
        return this;
    }

    /** Replaces every field of that name by one, at the end. */
    public Headers set(String name, String value) {
        return remove(name).add(name, value);
    }

    public Headers remove(String name) {
        return removeIf(field -> field.name.equalsIgnoreCase(name));
    }

    public Headers removeIf(Predicate<Field> condition) {
        fields.removeIf(condition);
        return this;
    }

    public int size() {
        return fields.size();
    }

    @Override
    public Iterator<Field> iterator() {
        return fields.iterator();
    }

    @Override
    public String toString() {
        return fields.toString();
    }
}
