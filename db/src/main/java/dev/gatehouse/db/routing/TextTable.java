package dev.gatehouse.db.routing;

import org.jspecify.annotations.Nullable;

/**
 * Texts to values, asked for with a piece of a longer text, of which nothing is copied. Filled by one thread, then only
 * read.
 */
final class TextTable<V> {

    private static final int SMALLEST = 2;

    private @Nullable String[] keys = new @Nullable String[SMALLEST];
    private @Nullable Object[] values = new @Nullable Object[SMALLEST];
    private int size;

    @Nullable
    V get(String text) {
        return get(text, 0, text.length());
    }

    @SuppressWarnings("unchecked") // only put writes
    @Nullable
    V get(String text, int from, int to) {
        return (V) values[place(keys, text, from, to)];
    }

    /** @param key not there yet */
    void put(String key, V value) {
        if (size * 2 >= keys.length) {
            grow();
        }
        int at = place(keys, key, 0, key.length());
        keys[at] = key;
        values[at] = value;
        size++;
    }

    int size() {
        return size;
    }

    /** In no order. */
    @SuppressWarnings("unchecked")
    void forEach(java.util.function.BiConsumer<String, V> action) {
        for (int i = 0; i < keys.length; i++) {
            var key = keys[i];
            if (key != null) {
                action.accept(key, (V) values[i]);
            }
        }
    }

    private void grow() {
        var oldKeys = keys;
        var oldValues = values;
        keys = new @Nullable String[oldKeys.length * 2];
        values = new @Nullable Object[keys.length];
        for (int i = 0; i < oldKeys.length; i++) {
            var key = oldKeys[i];
            if (key != null) {
                int at = place(keys, key, 0, key.length());
                keys[at] = key;
                values[at] = oldValues[i];
            }
        }
    }

    /** Where the text is, or a free place: at least half of them are. */
    private static int place(@Nullable String[] keys, String text, int from, int to) {
        int hash = 0;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + text.charAt(i);
        }
        int mask = keys.length - 1;
        for (int at = (hash ^ (hash >>> 15)) & mask; ; at = (at + 1) & mask) {
            var key = keys[at];
            if (key == null || (key.length() == to - from && text.startsWith(key, from))) {
                return at;
            }
        }
    }
}
