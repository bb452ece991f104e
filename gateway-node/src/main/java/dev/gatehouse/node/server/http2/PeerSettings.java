package dev.gatehouse.node.server.http2;

import dev.gatehouse.node.wire.http2.ErrorCode;
import dev.gatehouse.node.wire.http2.Frame;
import dev.gatehouse.node.wire.http2.Http2Exception;

/** What a SETTINGS payload asks for: RFC 9113, 6.5.2. Settings that are unknown, or of no use here, are skipped. */
final class PeerSettings {

    static final int HEADER_TABLE_SIZE = 1;
    static final int ENABLE_PUSH = 2;
    static final int MAX_CONCURRENT_STREAMS = 3;
    static final int INITIAL_WINDOW_SIZE = 4;
    static final int MAX_FRAME_SIZE = 5;
    static final int MAX_HEADER_LIST_SIZE = 6;

    /** Of the gateway's own: RFC 8441, 3. */
    static final int ENABLE_CONNECT_PROTOCOL = 8;

    private static final int LARGEST_FRAME = (1 << 24) - 1;

    private PeerSettings() {}

    /** @param open the streams whose windows change with the initial one */
    static void apply(byte[] payload, int from, int to, FrameOutput out, SendWindow window, Iterable<OpenStream> open)
            throws Http2Exception {
        if ((to - from) % 6 != 0) {
            throw Http2Exception.connection(ErrorCode.FRAME_SIZE_ERROR, "a setting has six octets");
        }
        for (int at = from; at < to; at += 6) {
            int id = (payload[at] & 0xff) << 8 | (payload[at + 1] & 0xff);
            long value = Frame.word(payload, at + 2) & 0xffffffffL;
            switch (id) {
                case ENABLE_PUSH -> require(value <= 1, ErrorCode.PROTOCOL_ERROR, "ENABLE_PUSH is 0 or 1");
                case INITIAL_WINDOW_SIZE -> {
                    require(
                            value <= Integer.MAX_VALUE && window.initial((int) value, open),
                            ErrorCode.FLOW_CONTROL_ERROR,
                            "a window is less than 2^31");
                }
                case MAX_FRAME_SIZE -> {
                    require(
                            value >= Limits.FRAME && value <= LARGEST_FRAME,
                            ErrorCode.PROTOCOL_ERROR,
                            "MAX_FRAME_SIZE is 2^14 to 2^24 - 1");
                    out.maxFrame((int) value);
                }
                // no table is used towards the client, nothing is pushed, and an answer's head is what it is
                default -> {}
            }
        }
    }

    private static void require(boolean condition, ErrorCode code, String rule) throws Http2Exception {
        if (!condition) {
            throw Http2Exception.connection(code, rule);
        }
    }
}
