package dev.gatehouse.node.server.http2;

import dev.gatehouse.node.wire.hpack.HpackEncoder;
import dev.gatehouse.node.wire.http2.ErrorCode;
import dev.gatehouse.node.wire.http2.Frame;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The frames the gateway sends; every method is one write, and may be called by any thread. */
final class FrameOutput {

    private final OutputStream out;
    /** Fair: the thread that answers a PING must not wait behind a download for ever. */
    private final ReentrantLock lock = new ReentrantLock(true);

    private volatile int maxFrame = Limits.FRAME;

    FrameOutput(OutputStream out) {
        this.out = out;
    }

    /** @param octets of a payload that the client takes, at least {@link Limits#FRAME} */
    void maxFrame(int octets) {
        maxFrame = Math.min(octets, Limits.FRAME);
    }

    /** @param idsAndValues id, value, id, value … */
    void settings(int... idsAndValues) throws IOException {
        var frame = frame(idsAndValues.length / 2 * 6, Frame.SETTINGS, 0, 0);
        for (int i = 0, at = Frame.HEAD; i < idsAndValues.length; i += 2, at += 6) {
            frame[at] = (byte) (idsAndValues[i] >> 8);
            frame[at + 1] = (byte) idsAndValues[i];
            Frame.word(frame, at + 2, idsAndValues[i + 1]);
        }
        write(frame);
    }

    void settingsAck() throws IOException {
        write(frame(0, Frame.SETTINGS, Frame.ACK, 0));
    }

    /** @param data 8 octets */
    void ping(byte[] data, boolean ack) throws IOException {
        var frame = frame(8, Frame.PING, ack ? Frame.ACK : 0, 0);
        System.arraycopy(data, 0, frame, Frame.HEAD, 8);
        write(frame);
    }

    /** @param last the last stream that was or may be taken */
    void goAway(int last, ErrorCode code) throws IOException {
        var frame = frame(8, Frame.GOAWAY, 0, 0);
        Frame.word(frame, Frame.HEAD, last);
        Frame.word(frame, Frame.HEAD + 4, code.number());
        write(frame);
    }

    void reset(int stream, ErrorCode code) throws IOException {
        var frame = frame(4, Frame.RST_STREAM, 0, stream);
        Frame.word(frame, Frame.HEAD, code.number());
        write(frame);
    }

    void windowUpdate(int stream, int increment) throws IOException {
        var frame = frame(4, Frame.WINDOW_UPDATE, 0, stream);
        Frame.word(frame, Frame.HEAD, increment);
        write(frame);
    }

    /**
     * A field block, and a DATA frame behind it when there is one.
     *
     * @param data a payload with {@link Frame#HEAD} octets of room before it; null for none
     * @param end whether the stream ends with it
     */
    void head(OpenStream stream, HpackEncoder block, byte @Nullable [] data, int count, boolean end)
            throws IOException {
        int frames = Math.max(1, (block.length() + maxFrame - 1) / maxFrame);
        int dataLength = data == null ? 0 : Frame.HEAD + count;
        var bytes = new byte[frames * Frame.HEAD + block.length() + dataLength];
        int at = 0;
        for (int i = 0; i < frames; i++) {
            int from = i * maxFrame;
            int length = Math.min(maxFrame, block.length() - from);
            int flags =
                    (i == frames - 1 ? Frame.END_HEADERS : 0) | (i == 0 && end && data == null ? Frame.END_STREAM : 0);
            Frame.head(bytes, at, length, i == 0 ? Frame.HEADERS : Frame.CONTINUATION, flags, stream.id());
            System.arraycopy(block.bytes(), from, bytes, at + Frame.HEAD, length);
            at += Frame.HEAD + length;
        }
        if (data != null) {
            Frame.head(data, 0, count, Frame.DATA, end ? Frame.END_STREAM : 0, stream.id());
            System.arraycopy(data, 0, bytes, at, dataLength);
        }
        write(stream, bytes, 0, bytes.length, end);
    }

    /**
     * A DATA frame.
     *
     * @param offset of the payload; the {@link Frame#HEAD} octets before it are overwritten
     * @param end whether the stream ends with it
     */
    void data(OpenStream stream, byte[] bytes, int offset, int count, boolean end) throws IOException {
        int from = offset - Frame.HEAD;
        Frame.head(bytes, from, count, Frame.DATA, end ? Frame.END_STREAM : 0, stream.id());
        write(stream, bytes, from, Frame.HEAD + count, end);
    }

    private static byte[] frame(int length, int type, int flags, int stream) {
        var frame = new byte[Frame.HEAD + length];
        Frame.head(frame, 0, length, type, flags, stream);
        return frame;
    }

    private void write(byte[] frame) throws IOException {
        lock.lock();
        try {
            out.write(frame, 0, frame.length);
        } finally {
            lock.unlock();
        }
    }

    private void write(OpenStream stream, byte[] bytes, int offset, int length, boolean end) throws IOException {
        lock.lock();
        try {
            // under the lock: nothing may follow a reset
            stream.check();
            if (end) {
                stream.answering();
            }
            out.write(bytes, offset, length);
        } finally {
            lock.unlock();
        }
    }
}
