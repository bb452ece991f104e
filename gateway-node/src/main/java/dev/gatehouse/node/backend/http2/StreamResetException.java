package dev.gatehouse.node.backend.http2;

import dev.gatehouse.node.wire.http2.ErrorCode;
import java.io.IOException;

/** The peer gave a stream up. */
public final class StreamResetException extends IOException {

    private static final long serialVersionUID = 1;

    private final boolean processed;

    private StreamResetException(String message, boolean processed) {
        super(message);
        this.processed = processed;
    }

    static StreamResetException by(ErrorCode code) {
        return new StreamResetException("the stream was reset: " + code, code != ErrorCode.REFUSED_STREAM);
    }

    /** Of a stream that came too late for a peer that is going away. */
    static StreamResetException tooLate() {
        return new StreamResetException("the connection was closing", false);
    }

    /** False: the peer did nothing with the request, and any request may be sent again (RFC 9113, 8.7). */
    public boolean processed() {
        return processed;
    }
}
