package dev.gatehouse.node.server.http2;

import dev.gatehouse.node.wire.WireInput;
import dev.gatehouse.node.wire.http2.ErrorCode;
import dev.gatehouse.node.wire.http2.Frame;
import dev.gatehouse.node.wire.http2.Http2Exception;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;

/** The frames a client sends, one after the other. */
final class FrameInput {

    private final WireInput in;
    private final byte[] header = new byte[Frame.HEAD];
    private byte[] payload = new byte[64];
    private int type;
    private int flags;
    private int stream;
    private int from;
    private int to;

    FrameInput(WireInput in) {
        this.in = in;
    }

    /** Waits for the first byte of a frame. False: the client ended the connection. */
    boolean await() throws IOException {
        return in.await();
    }

    /** Reads the next frame whole; what it is, the methods below say until the next call. */
    void next() throws IOException {
        read(header, Frame.HEAD);
        int length = (header[0] & 0xff) << 16 | (header[1] & 0xff) << 8 | (header[2] & 0xff);
        type = header[3] & 0xff;
        flags = header[4] & 0xff;
        stream = Frame.word(header, 5) & 0x7fffffff;
        if (length > Limits.FRAME) {
            throw Http2Exception.connection(
                    ErrorCode.FRAME_SIZE_ERROR, "a frame has at most " + Limits.FRAME + " octets");
        }
        if (length > payload.length) {
            payload = new byte[Math.max(length, Math.min(Limits.FRAME, payload.length * 4))];
        }
        read(payload, length);
        from = 0;
        to = length;
    }

    /** Reads and forgets whatever still comes. */
    void skipAll() throws IOException {
        payload = new byte[8 << 10];
        while (in.read(payload, 0, payload.length) >= 0) {
            from = 0;
        }
    }

    int type() {
        return type;
    }

    boolean has(int flag) {
        return (flags & flag) != 0;
    }

    int stream() {
        return stream;
    }

    byte[] payload() {
        return payload;
    }

    /** Where what is left of the payload begins. */
    int from() {
        return from;
    }

    int to() {
        return to;
    }

    int length() {
        return to - from;
    }

    byte[] copy() {
        return Arrays.copyOfRange(payload, from, to);
    }

    /** Takes the padding away, and what stands before the fields: RFC 9113, 6.1 and 6.2. */
    void unpad() throws Http2Exception {
        int padding = 0;
        if (has(Frame.PADDED)) {
            require(1);
            padding = payload[from++] & 0xff;
        }
        if (type == Frame.HEADERS && has(Frame.PRIORITIZED)) {
            require(5);
            if ((Frame.word(payload, from) & 0x7fffffff) == stream) {
                throw Http2Exception.connection(ErrorCode.PROTOCOL_ERROR, "a stream depends on itself");
            }
            from += 5;
        }
        if (padding > length()) {
            throw Http2Exception.connection(ErrorCode.PROTOCOL_ERROR, "a frame is longer than its padding");
        }
        to -= padding;
    }

    private void require(int octets) throws Http2Exception {
        if (length() < octets) {
            throw Http2Exception.connection(ErrorCode.FRAME_SIZE_ERROR, "a frame is cut short");
        }
    }

    private void read(byte[] target, int length) throws IOException {
        for (int at = 0; at < length; ) {
            int count = in.read(target, at, length - at);
            if (count < 0) {
                throw new EOFException("the connection was closed in the middle of a frame");
            }
            at += count;
        }
    }
}
