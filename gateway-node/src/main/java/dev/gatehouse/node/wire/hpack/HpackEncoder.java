package dev.gatehouse.node.wire.hpack;

import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.wire.Octets;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/**
 * A field block being written. It uses the static table only: such a block depends on no other, so any thread may make
 * one and streams need not wait for each other. The bytes that a table saves are not worth the order it forces on all
 * streams of a connection.
 */
public final class HpackEncoder {

    /** RFC 7541, 7.1.3: no hop behind may put these into a table, where they could be guessed at. */
    private static final Set<String> SECRET = Set.of("authorization", "cookie", "proxy-authorization");

    private byte[] bytes = new byte[256];
    private int length;

    public HpackEncoder() {
        // the table is empty from here on: a peer that made its own smaller has to be told (RFC 7541, 4.2)
        integer(0, 5, 0x20);
    }

    /** The bytes written so far are the first {@link #length()} of these. */
    public byte[] bytes() {
        return bytes;
    }

    public int length() {
        return length;
    }

    /** The block as it is so far. */
    public byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    /** @param status 100 to 599 */
    public HpackEncoder status(int status) {
        return write(":status", Integer.toString(status));
    }

    /**
     * @param name of a pseudo field, with its colon
     * @param value visible ASCII
     * @throws IllegalArgumentException when it is not
     */
    public HpackEncoder pseudo(String name, String value) {
        if (value.isEmpty() || !value.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new IllegalArgumentException("the field " + name + " must be visible ASCII");
        }
        return write(name, value);
    }

    /**
     * The name goes out in lower case.
     *
     * @throws IllegalArgumentException when it is not a field that can be sent
     */
    public HpackEncoder field(String name, String value) {
        if (!Octets.isToken(name)) {
            throw new IllegalArgumentException("not a field name that can be sent");
        }
        for (int i = 0; i < value.length(); i++) {
            if (!Octets.value(value.charAt(i))) {
                throw new IllegalArgumentException("the field " + name + " holds a character that cannot be sent");
            }
        }
        return write(name.toLowerCase(Locale.ROOT), value);
    }

    public HpackEncoder fields(Headers headers) {
        for (var field : headers) {
            field(field.name(), field.value());
        }
        return this;
    }

    /**
     * A whole head, pseudo fields first.
     *
     * @throws IllegalArgumentException when one of them cannot be sent
     */
    public HpackEncoder head(Headers headers) {
        for (var field : headers) {
            if (field.name().startsWith(":")) {
                pseudo(field.name(), field.value());
            } else {
                field(field.name(), field.value());
            }
        }
        return this;
    }

    private HpackEncoder write(String name, String value) {
        int exact = StaticTable.indexOf(name, value);
        if (exact > 0) {
            return integer(exact, 7, 0x80);
        }
        int index = StaticTable.indexOf(name);
        integer(index, 4, SECRET.contains(name) ? 0x10 : 0);
        if (index == 0) {
            string(name);
        }
        return string(value);
    }

    private HpackEncoder string(String text) {
        int encoded = Huffman.length(text);
        if (encoded < text.length()) {
            integer(encoded, 7, 0x80);
            room(encoded);
            length = Huffman.encode(text, bytes, length);
        } else {
            integer(text.length(), 7, 0);
            room(text.length());
            var octets = text.getBytes(StandardCharsets.ISO_8859_1);
            System.arraycopy(octets, 0, bytes, length, octets.length);
            length += octets.length;
        }
        return this;
    }

    private HpackEncoder integer(int value, int prefix, int flags) {
        room(6);
        int mask = (1 << prefix) - 1;
        if (value < mask) {
            bytes[length++] = (byte) (flags | value);
            return this;
        }
        bytes[length++] = (byte) (flags | mask);
        int rest = value - mask;
        while (rest >= 0x80) {
            bytes[length++] = (byte) (rest | 0x80);
            rest >>= 7;
        }
        bytes[length++] = (byte) rest;
        return this;
    }

    private void room(int count) {
        if (bytes.length - length < count) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + count));
        }
    }
}
