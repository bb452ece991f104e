package dev.gatehouse.node.backend.http2;

import dev.gatehouse.node.wire.http2.ErrorCode;
import dev.gatehouse.node.wire.http2.Frame;
import dev.gatehouse.node.wire.http2.Http2Exception;
import java.nio.charset.StandardCharsets;

/** What the peer asks for: RFC 9113, 6.5.2. Of its header table nothing is used, and of its list size nothing known. */
final class Settings {

    private static final int ENABLE_PUSH = 2;
    private static final int MAX_CONCURRENT_STREAMS = 3;
    private static final int INITIAL_WINDOW_SIZE = 4;
    private static final int MAX_FRAME_SIZE = 5;
    private static final int MAX_HEADER_LIST_SIZE = 6;

    /** What goes out first: no pushes, and lists of at most so many bytes. */
    static byte[] ours(int headerListSize) {
        var text = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        var settings = new byte[Frame.HEAD + 12];
        Frame.head(settings, 0, 12, Frame.SETTINGS, 0, 0);
        settings[Frame.HEAD + 1] = ENABLE_PUSH;
        settings[Frame.HEAD + 7] = MAX_HEADER_LIST_SIZE;
        Frame.word(settings, Frame.HEAD + 8, headerListSize);
        var all = new byte[text.length + settings.length];
        System.arraycopy(text, 0, all, 0, text.length);
        System.arraycopy(settings, 0, all, text.length, settings.length);
        return all;
    }

    /** At once, in streams; -1 when the frame says nothing of it. */
    private int streams = -1;

    /** Of a stream; -1 when the frame says nothing of it. */
    private int window = -1;

    /** @throws Http2Exception when a value is out of its range */
    Settings(byte[] payload, int length) throws Http2Exception {
        if (length % 6 != 0) {
            throw Http2Exception.connection(ErrorCode.FRAME_SIZE_ERROR, "a setting has six bytes");
        }
        for (int at = 0; at < length; at += 6) {
            int id = (payload[at] & 0xff) << 8 | (payload[at + 1] & 0xff);
            long value = Integer.toUnsignedLong(Frame.word(payload, at + 2));
            switch (id) {
                case ENABLE_PUSH -> require(value == 0, ErrorCode.PROTOCOL_ERROR, "a server cannot enable pushes");
                case MAX_CONCURRENT_STREAMS -> streams = (int) Math.min(value, Integer.MAX_VALUE);
                case INITIAL_WINDOW_SIZE -> {
                    require(value <= Integer.MAX_VALUE, ErrorCode.FLOW_CONTROL_ERROR, "a window is at most 2^31 - 1");
                    window = (int) value;
                }
                case MAX_FRAME_SIZE ->
                    require(
                            value >= Frame.SIZE && value < 1 << 24,
                            ErrorCode.PROTOCOL_ERROR,
                            "a frame's size is 2^14 to 2^24 - 1");
                default -> {}
            }
        }
    }

    int streams() {
        return streams;
    }

    int window() {
        return window;
    }

    private static void require(boolean holds, ErrorCode code, String rule) throws Http2Exception {
        if (!holds) {
            throw Http2Exception.connection(code, rule);
        }
    }
}
