package dev.gatehouse.node.server.http2;

import dev.gatehouse.node.wire.http2.ErrorCode;
import java.io.ByteArrayOutputStream;

/** A field block on its way: one HEADERS frame and its CONTINUATION frames, nothing else between them. */
final class HeaderBlock {

    private final int stream;
    private final boolean endStream;
    private final ByteArrayOutputStream octets = new ByteArrayOutputStream();
    private int frames;

    HeaderBlock(int stream, boolean endStream) {
        this.stream = stream;
        this.endStream = endStream;
    }

    int stream() {
        return stream;
    }

    boolean endStream() {
        return endStream;
    }

    /** @throws Http2Exception when it is larger, or in more pieces, than any request needs */
    void add(FrameInput frame) throws Http2Exception {
        if (++frames > Limits.BLOCK_FRAMES || octets.size() + frame.length() > Limits.BLOCK) {
            // it cannot be skipped: what comes after depends on it
            throw Http2Exception.connection(
                    ErrorCode.ENHANCE_YOUR_CALM,
                    "a header block has at most " + Limits.BLOCK + " octets in " + Limits.BLOCK_FRAMES + " frames");
        }
        octets.write(frame.payload(), frame.from(), frame.length());
    }

    byte[] octets() {
        return octets.toByteArray();
    }
}
