package dev.gatehouse.node.wire;

import dev.gatehouse.node.exchange.Headers;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** One buffer that is filled by a read and goes out as one chunk in one write. */
final class ChunkFrame {

    private static final byte[] LAST = "0\r\n".getBytes(StandardCharsets.US_ASCII);

    /** Five hexadecimal digits, CR, LF. */
    private static final int BEFORE = 7;

    private final byte[] bytes;

    /** @param capacity at most 1 MiB less one */
    ChunkFrame(int capacity) {
        bytes = new byte[BEFORE + capacity + 2];
    }

    /** Data goes here, from {@link #offset()}. */
    byte[] bytes() {
        return bytes;
    }

    int offset() {
        return BEFORE;
    }

    int capacity() {
        return bytes.length - BEFORE - 2;
    }

    /** The first {@code length} data bytes as a chunk. An empty one would end the body. */
    void writeTo(OutputStream out, int length) throws IOException {
        if (length == 0) {
            return;
        }
        int at = BEFORE;
        bytes[--at] = '\n';
        bytes[--at] = '\r';
        for (int left = length; left > 0; left >>>= 4) {
            bytes[--at] = (byte) Character.forDigit(left & 15, 16);
        }
        int end = BEFORE + length;
        bytes[end++] = '\r';
        bytes[end++] = '\n';
        out.write(bytes, at, end - at);
    }

    /** Ends the body. */
    static void end(OutputStream out, Headers trailers) throws IOException {
        new HeadBuffer().append(LAST, 0, LAST.length).fields(trailers).end().writeTo(out);
    }
}
