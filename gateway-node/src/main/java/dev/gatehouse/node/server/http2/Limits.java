package dev.gatehouse.node.server.http2;

import dev.gatehouse.node.wire.HeadLimits;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * What one connection may take.
 *
 * @param head time for the preface, and for each header block or frame from its first byte
 * @param idle time without a request
 * @param upload for the reads of one request body
 * @param download for the writes of one answer
 */
public record Limits(Duration head, Duration idle, Supplier<? extends Wait> upload, Supplier<? extends Wait> download) {

    /** Requests at once. */
    static final int STREAMS = 128;

    /** Handlers at once: more than streams, since a client may end a stream that its handler has not left yet. */
    static final int HANDLERS = 2 * STREAMS;

    /** Octets of a frame's payload: the smallest a peer must take, RFC 9113, 4.2. */
    static final int FRAME = 16 << 10;

    /** Octets of a header block as sent. Compressed, it is smaller than what it stands for. */
    static final int BLOCK = HeadLimits.REQUEST.bytes();

    /** Frames of a header block. */
    static final int BLOCK_FRAMES = 16;

    /** Octets of a connection's bodies that may be on their way. */
    static final int CONNECTION_WINDOW = 1 << 20;
}
