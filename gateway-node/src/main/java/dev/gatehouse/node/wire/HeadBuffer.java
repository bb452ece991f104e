package dev.gatehouse.node.wire;

import dev.gatehouse.node.exchange.FieldNames;
import dev.gatehouse.node.exchange.Headers;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * A message head being written. Refuses what would end a line early, whoever put it there: an
 * {@link IllegalArgumentException} before a byte is sent.
 */
public final class HeadBuffer implements Headers.Sink {

    private static final FieldNames NONE = FieldNames.of();

    private byte[] bytes = new byte[1024];
    private int length;

    /** @param target visible ASCII */
    public HeadBuffer requestLine(String method, String target) {
        token(method, "method");
        ascii(" ");
        if (target.isEmpty()) {
            throw new IllegalArgumentException("an empty request target");
        }
        room(target.length());
        for (int i = 0; i < target.length(); i++) {
            char c = target.charAt(i);
            if (c <= ' ' || c >= 0x7f) {
                throw new IllegalArgumentException("a request target must be visible ASCII");
            }
            bytes[length++] = (byte) c;
        }
        return ascii(" HTTP/1.1\r\n");
    }

    public HeadBuffer statusLine(int status) {
        var line = Reasons.statusLine(status);
        return append(line, 0, line.length);
    }

    public HeadBuffer field(String name, String value) {
        token(name, "field name");
        ascii(": ");
        room(value.length() + 2);
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (!Octets.value(c)) {
                throw new IllegalArgumentException("the field " + name + " holds a character that cannot be sent");
            }
            bytes[length++] = (byte) c;
        }
        return lineEnd();
    }

    public HeadBuffer fields(Headers headers) {
        return fields(headers, NONE);
    }

    public HeadBuffer fields(Headers headers, FieldNames except) {
        headers.forEach(except, this);
        return this;
    }

    @Override
    public void text(String name, String value) {
        field(name, value);
    }

    @Override
    public void octets(byte[] octets, int nameFrom, int nameLength, int valueFrom, int valueLength) {
        append(octets, nameFrom, nameLength);
        ascii(": ");
        append(octets, valueFrom, valueLength);
        lineEnd();
    }

    /** The empty line. */
    public HeadBuffer end() {
        return lineEnd();
    }

    /** Bytes that go out in the same write as the head. */
    public HeadBuffer append(byte[] source, int offset, int count) {
        room(count);
        System.arraycopy(source, offset, bytes, length, count);
        length += count;
        return this;
    }

    /**
     * Bytes that are here and go out in the same write.
     *
     * @param most at least 1
     * @return how many; -1 at the end of the stream
     */
    int append(InputStream source, int most) throws IOException {
        room(most);
        int count = source.read(bytes, length, most);
        length += Math.max(0, count);
        return count;
    }

    public void writeTo(OutputStream out) throws IOException {
        out.write(bytes, 0, length);
    }

    private void token(String text, String what) {
        int count = text.length();
        room(count);
        int wrong = count == 0 ? 1 : 0;
        for (int i = 0; i < count; i++) {
            char c = text.charAt(i);
            wrong |= Octets.token(c) ? 0 : 1;
            bytes[length + i] = (byte) c;
        }
        if (wrong != 0) {
            throw new IllegalArgumentException("not a " + what + " that can be sent");
        }
        length += count;
    }

    private HeadBuffer ascii(String text) {
        int count = text.length();
        room(count);
        for (int i = 0; i < count; i++) {
            bytes[length + i] = (byte) text.charAt(i);
        }
        length += count;
        return this;
    }

    private HeadBuffer lineEnd() {
        room(2);
        bytes[length++] = '\r';
        bytes[length++] = '\n';
        return this;
    }

    private void room(int count) {
        if (bytes.length - length < count) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + count));
        }
    }
}
