package dev.gatehouse.node.backend.http2;

import dev.gatehouse.node.wire.http2.ErrorCode;
import java.util.Arrays;

/** A header block that comes in pieces: HEADERS and the CONTINUATIONs behind it, with nothing in between. */
final class HeaderBlock {

    /** Of the block as it is sent, and of its pieces: more is a flood (CVE-2024-27316 and its kind). */
    private static final int BYTES = 64 << 10;

    private static final int PIECES = 32;

    private byte[] bytes = new byte[1024];
    private int length;
    private int pieces;
    private int stream;
    private boolean last;

    /** @param last whether no body follows */
    void begin(int stream, boolean last) {
        this.stream = stream;
        this.last = last;
        length = 0;
        pieces = 0;
    }

    void add(byte[] source, int from, int to) throws Http2Exception {
        int count = to - from;
        if (++pieces > PIECES || length + count > BYTES) {
            throw new Http2Exception(ErrorCode.ENHANCE_YOUR_CALM, "a header block is too large");
        }
        if (length + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + count));
        }
        System.arraycopy(source, from, bytes, length, count);
        length += count;
    }

    /** 0 while none has begun. */
    int stream() {
        return stream;
    }

    boolean last() {
        return last;
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    void done() {
        stream = 0;
    }
}
