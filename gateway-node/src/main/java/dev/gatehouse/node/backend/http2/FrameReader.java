package dev.gatehouse.node.backend.http2;

import dev.gatehouse.node.wire.http2.ErrorCode;
import dev.gatehouse.node.wire.http2.Frame;
import dev.gatehouse.node.wire.http2.Http2Exception;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** One frame at a time, in one buffer: what is not copied out of it is gone with the next one. */
final class FrameReader {

    private final InputStream in;
    private final byte[] head = new byte[Frame.HEAD];
    private final byte[] payload = new byte[Frame.SIZE];
    private int length;
    private int from;
    private int to;

    FrameReader(InputStream in) {
        this.in = in;
    }

    /** Waits for the next frame, all of it. */
    void next() throws IOException {
        fill(head, Frame.HEAD);
        length = (head[0] & 0xff) << 16 | (head[1] & 0xff) << 8 | (head[2] & 0xff);
        if (length > Frame.SIZE) {
            throw Http2Exception.connection(
                    ErrorCode.FRAME_SIZE_ERROR, "a frame is larger than " + Frame.SIZE + " bytes");
        }
        fill(payload, length);
        from = 0;
        to = length;
    }

    int type() {
        return head[3];
    }

    boolean has(int flag) {
        return (head[4] & flag) != 0;
    }

    /** 0 is the connection itself. */
    int stream() {
        return Frame.word(head, 5) & Integer.MAX_VALUE;
    }

    byte[] payload() {
        return payload;
    }

    /** Of the payload, padding included: what counts for flow control. */
    int length() {
        return length;
    }

    /** Where the content begins. */
    int from() {
        return from;
    }

    /** Where it ends. */
    int to() {
        return to;
    }

    /** A 32-bit word of the payload, without the bit that is reserved. */
    int number(int at) {
        return Frame.word(payload, at) & Integer.MAX_VALUE;
    }

    /** Leaves the content of a DATA or HEADERS frame: RFC 9113, 6.1 and 6.2. */
    void unpack() throws Http2Exception {
        if (has(Frame.PADDED)) {
            from = 1;
            to -= length == 0 ? 1 : payload[0] & 0xff;
        }
        if (type() == Frame.HEADERS && has(Frame.PRIORITIZED)) {
            from += 5;
        }
        if (from > to) {
            throw Http2Exception.connection(ErrorCode.PROTOCOL_ERROR, "more padding than payload");
        }
    }

    private void fill(byte[] target, int count) throws IOException {
        if (in.readNBytes(target, 0, count) < count) {
            throw new EOFException("the connection was closed");
        }
    }
}
