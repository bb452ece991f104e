package dev.gatehouse.node.wire.hpack;

import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.wire.Octets;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * A field block being written. It uses the static table only: such a block depends on no other, so streams need not
 * wait for each other, and whatever table the peer allows is large enough.
 */
public final class HpackEncoder {

    private byte[] bytes = new byte[256];
    private int length;

    /** The bytes written so far are the first {@link #length()} of these. */
    public byte[] bytes() {
        return bytes;
    }

    public int length() {
        return length;
    }

    /** @param status 100 to 599 */
    public HpackEncoder status(int status) {
        var text = Integer.toString(status);
        for (int index = 8; index <= 14; index++) {
            if (StaticTable.get(index).value().equals(text)) {
                return integer(index, 7, 0x80);
            }
        }
        return literal(":status", text);
    }

    /** @param name of a pseudo field, with its colon */
    public HpackEncoder pseudo(String name, String value) {
        return literal(name, value);
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
        return literal(name.toLowerCase(Locale.ROOT), value);
    }

    public HpackEncoder fields(Headers headers) {
        for (var field : headers) {
            field(field.name(), field.value());
        }
        return this;
    }

    private HpackEncoder literal(String name, String value) {
        int index = StaticTable.indexOf(name);
        integer(index, 4, 0);
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
