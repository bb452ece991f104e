package dev.gatehouse.node.exchange;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Header fields in the order they came, names in the case they came; names compare without case (RFC 9110, 5.1).
 * Mutable, owned by one exchange, not for two threads at once.
 *
 * <p>What was received stays the octets that were received: a field that nobody asks for never becomes a string, and is
 * copied once, into the message that goes on.
 */
public final class Headers implements Iterable<Headers.Field> {

    /** One field line. */
    public record Field(String name, String value) {}

    /** Takes the fields in their order, each as what it is here. */
    public interface Sink {

        void text(String name, String value);

        /** A received field: its octets are known to be a well-formed name and value. */
        void octets(byte[] octets, int nameFrom, int nameLength, int valueFrom, int valueLength);
    }

    private static final byte[] NOTHING = {};
    private static final int ROOM = 16;

    private final byte[] octets;
    /** Of a received field: name start, name length, value start, value length, 16 bits each. */
    private long[] spans;
    /** Of a field that was added here; null where the span counts. */
    private @Nullable Field[] texts;

    private int size;
    /** Of every name that is or was here. */
    private long bits;

    public Headers() {
        this(NOTHING, NO_SPANS, NO_TEXTS, 0, 0);
    }

    private static final long[] NO_SPANS = {};
    private static final @Nullable Field[] NO_TEXTS = {};

    private Headers(byte[] octets, long[] spans, @Nullable Field[] texts, int size, long bits) {
        this.octets = octets;
        this.spans = spans;
        this.texts = texts;
        this.size = size;
        this.bits = bits;
    }

    /** @param octets a field section of at most 64 KiB; kept, not copied; {@link #receive} tells its fields */
    public static Headers over(byte[] octets) {
        return new Headers(octets, new long[ROOM], NO_TEXTS, 0, 0);
    }

    /** @param namesAndValues name, value, name, value … */
    public static Headers of(String... namesAndValues) {
        var headers = new Headers();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            headers.add(namesAndValues[i], namesAndValues[i + 1]);
        }
        return headers;
    }

    /** The next field of the section, by its place in the octets. */
    public void receive(int nameFrom, int nameLength, int valueFrom, int valueLength) {
        room();
        bits |= NameBits.of(octets, nameFrom, nameLength);
        spans[size++] = (long) nameFrom << 48 | (long) nameLength << 32 | (long) valueFrom << 16 | valueLength;
    }

    public Headers copy() {
        return new Headers(octets, spans.clone(), texts.clone(), size, bits);
    }

    /** The first value of that name. */
    public Optional<String> first(String name) {
        int at = find(name, 0);
        return at < 0 ? Optional.empty() : Optional.of(value(at));
    }

    /** All values of that name, in order, one entry a field line. */
    public List<String> all(String name) {
        int at = find(name, 0);
        if (at < 0) {
            return List.of();
        }
        var values = new ArrayList<String>(1);
        for (; at >= 0; at = find(name, at + 1)) {
            values.add(value(at));
        }
        return values;
    }

    public boolean contains(String name) {
        return find(name, 0) >= 0;
    }

    public Headers add(String name, String value) {
        add(new Field(name, value));
        return this;
    }

    public Headers addAll(Headers others) {
        others.forEach(this::add);
        return this;
    }

    /** Replaces every field of that name by one, at the end. */
    public Headers set(String name, String value) {
        return remove(name).add(name, value);
    }

    public Headers remove(String name) {
        for (int at = find(name, 0); at >= 0; at = find(name, at)) {
            removeAt(at);
        }
        return this;
    }

    public Headers remove(FieldNames names) {
        if (!names.mayContain(bits)) {
            return this;
        }
        for (int at = size - 1; at >= 0; at--) {
            if (isOneOf(at, names)) {
                removeAt(at);
            }
        }
        return this;
    }

    public Headers removeIf(Predicate<Field> condition) {
        for (int at = size - 1; at >= 0; at--) {
            if (condition.test(field(at))) {
                removeAt(at);
            }
        }
        return this;
    }

    /** Removes the fields of that name whose value fulfils the condition. */
    public Headers removeIf(String name, Predicate<String> condition) {
        if ((bits & NameBits.of(name)) == 0) {
            return this;
        }
        for (int at = size - 1; at >= 0; at--) {
            if (isNamed(at, name) && condition.test(value(at))) {
                removeAt(at);
            }
        }
        return this;
    }

    /** Length of the longest value. */
    public int longestValue() {
        int longest = 0;
        for (int at = 0; at < size; at++) {
            var text = text(at);
            longest = Math.max(longest, text != null ? text.value.length() : valueLength(at));
        }
        return longest;
    }

    public int size() {
        return size;
    }

    /** @param except what is left out */
    public void forEach(FieldNames except, Sink sink) {
        for (int at = 0; at < size; at++) {
            if (isOneOf(at, except)) {
                continue;
            }
            var text = text(at);
            if (text != null) {
                sink.text(text.name, text.value);
            } else {
                sink.octets(octets, nameFrom(at), nameLength(at), valueFrom(at), valueLength(at));
            }
        }
    }

    @Override
    public Iterator<Field> iterator() {
        return new Iterator<>() {
            private int at;

            @Override
            public boolean hasNext() {
                return at < size;
            }

            @Override
            public Field next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                return field(at++);
            }
        };
    }

    @Override
    public String toString() {
        var fields = new ArrayList<Field>(size);
        forEach(fields::add);
        return fields.toString();
    }

    private void add(Field field) {
        room();
        if (texts.length < spans.length) {
            texts = Arrays.copyOf(texts, spans.length);
        }
        bits |= NameBits.of(field.name);
        texts[size++] = field;
    }

    private void room() {
        if (size == spans.length) {
            spans = Arrays.copyOf(spans, Math.max(ROOM, size * 2));
        }
    }

    private void removeAt(int at) {
        size--;
        System.arraycopy(spans, at + 1, spans, at, size - at);
        if (at < texts.length) {
            int last = Math.min(texts.length - 1, size);
            System.arraycopy(texts, at + 1, texts, at, last - at);
            texts[last] = null;
        }
    }

    private int find(String name, int from) {
        if ((bits & NameBits.of(name)) == 0) {
            return -1;
        }
        for (int at = from; at < size; at++) {
            if (isNamed(at, name)) {
                return at;
            }
        }
        return -1;
    }

    private boolean isNamed(int at, String name) {
        var text = text(at);
        if (text != null) {
            return text.name.equalsIgnoreCase(name);
        }
        if (nameLength(at) != name.length()) {
            return false;
        }
        int from = nameFrom(at);
        for (int i = 0; i < name.length(); i++) {
            if (FieldNames.lower((char) (octets[from + i] & 0xff)) != FieldNames.lower(name.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private boolean isOneOf(int at, FieldNames names) {
        var text = text(at);
        return text != null ? names.contains(text.name) : names.contains(octets, nameFrom(at), nameLength(at));
    }

    private Field field(int at) {
        var text = text(at);
        return text != null ? text : new Field(latin(nameFrom(at), nameLength(at)), value(at));
    }

    private String value(int at) {
        var text = text(at);
        return text != null ? text.value : latin(valueFrom(at), valueLength(at));
    }

    private @Nullable Field text(int at) {
        return at < texts.length ? texts[at] : null;
    }

    /** One character an octet: what is not ASCII passes as it came. */
    private String latin(int from, int length) {
        return new String(octets, from, length, StandardCharsets.ISO_8859_1);
    }

    private int nameFrom(int at) {
        return (int) (spans[at] >>> 48);
    }

    private int nameLength(int at) {
        return (int) (spans[at] >>> 32) & 0xffff;
    }

    private int valueFrom(int at) {
        return (int) (spans[at] >>> 16) & 0xffff;
    }

    private int valueLength(int at) {
        return (int) spans[at] & 0xffff;
    }
}
