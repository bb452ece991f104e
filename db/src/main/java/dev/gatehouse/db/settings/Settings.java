package dev.gatehouse.db.settings;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Between annotated records and plain values: maps, lists, texts, numbers and booleans, as JSON and YAML have them. */
public final class Settings {

    private Settings() {}

    /**
     * What came of reading.
     *
     * @param value null exactly when there are problems
     * @param problems everything that is wrong, not only the first
     */
    public record Reading<T>(@Nullable T value, List<Problem> problems) {

        public T orThrow() {
            if (value == null) {
                throw new Problem.Found(problems);
            }
            return value;
        }
    }

    /** Reads and checks a record; what is not written takes its default, and an unknown name is a problem. */
    public static <T extends Record> Reading<T> read(Class<T> type, @Nullable Object plain) {
        var reader = new Reader();
        var value = type.cast(reader.record(Definition.of(type), plain, ""));
        return new Reading<>(reader.problems().isEmpty() ? value : null, reader.problems());
    }

    /** The record with all that differs from the defaults; {@link #read} gives an equal record back. */
    public static Map<String, Object> write(Record value) {
        return Writer.record(Definition.of(value.getClass()), value);
    }

    /** Every rule the record breaks, for a record that was built rather than read. */
    public static List<Problem> check(Record value) {
        return read(value.getClass(), write(value)).problems();
    }

    static Object present(@Nullable Object value) {
        if (value == null) {
            throw new IllegalArgumentException("A setting is null; settings hold empty texts and lists instead");
        }
        return value;
    }
}
