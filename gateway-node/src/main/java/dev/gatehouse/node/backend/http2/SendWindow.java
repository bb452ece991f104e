package dev.gatehouse.node.backend.http2;

import dev.gatehouse.node.wire.http2.ErrorCode;
import dev.gatehouse.node.wire.http2.Frame;
import dev.gatehouse.node.wire.http2.Http2Exception;
import java.io.IOException;

/** How much the peer takes, on the connection and on each stream: RFC 9113, 5.2. */
final class SendWindow {

    private long connection = Frame.WINDOW;
    private int initial = Frame.WINDOW;

    synchronized void begin(Http2Stream stream) {
        stream.sendWindow = initial;
    }

    /** Waits until something may be sent. Returns how much, at most {@code wanted} and at most a frame. */
    synchronized int take(Http2Stream stream, int wanted) throws IOException {
        while (true) {
            stream.requireWritable();
            int room = (int) Math.min(Math.min(connection, stream.sendWindow), Math.min(wanted, Frame.SIZE));
            if (room > 0) {
                connection -= room;
                stream.sendWindow -= room;
                return room;
            }
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while sending", e);
            }
        }
    }

    synchronized void add(int increment) throws Http2Exception {
        connection = checked(connection + increment);
        notifyAll();
    }

    synchronized void add(Http2Stream stream, int increment) throws Http2Exception {
        stream.sendWindow = checked(stream.sendWindow + increment);
        notifyAll();
    }

    /** A changed initial size changes what is left of every stream, below zero even: RFC 9113, 6.9.2. */
    synchronized void initial(int size, Iterable<Http2Stream> streams) throws Http2Exception {
        for (var stream : streams) {
            stream.sendWindow = checked(stream.sendWindow + size - initial);
        }
        initial = size;
        notifyAll();
    }

    /** Whoever waits looks again. */
    synchronized void wake() {
        notifyAll();
    }

    private static long checked(long window) throws Http2Exception {
        if (window > Integer.MAX_VALUE) {
            throw Http2Exception.connection(ErrorCode.FLOW_CONTROL_ERROR, "a window is larger than 2^31 - 1");
        }
        return window;
    }
}
