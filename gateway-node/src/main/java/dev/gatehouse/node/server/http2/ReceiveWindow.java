package dev.gatehouse.node.server.http2;

import dev.gatehouse.node.wire.http2.ErrorCode;
import dev.gatehouse.node.wire.http2.Http2Exception;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/** What the client may still send over all streams of a connection: RFC 9113, 6.9.1. */
final class ReceiveWindow {

    /** Told in pieces of that size. */
    private static final int STEP = Limits.CONNECTION_WINDOW / 4;

    private final FrameOutput out;
    private final AtomicInteger owed = new AtomicInteger();
    private final AtomicInteger left = new AtomicInteger(Limits.CONNECTION_WINDOW);

    ReceiveWindow(FrameOutput out) {
        this.out = out;
    }

    void take(int octets) throws Http2Exception {
        if (left.addAndGet(-octets) < 0) {
            throw Http2Exception.connection(
                    ErrorCode.FLOW_CONTROL_ERROR, "more was sent than the connection's window allows");
        }
    }

    /** That much was dealt with. */
    void give(int octets) throws IOException {
        if (octets > 0 && owed.addAndGet(octets) >= STEP) {
            int increment = owed.getAndSet(0);
            if (increment > 0) {
                left.addAndGet(increment);
                out.windowUpdate(0, increment);
            }
        }
    }
}
