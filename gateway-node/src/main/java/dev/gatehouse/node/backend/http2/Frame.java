package dev.gatehouse.node.backend.http2;

/** What of frames is fixed: RFC 9113, 4 and 6. */
final class Frame {

    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int PRIORITY = 2;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int PUSH_PROMISE = 5;
    static final int PING = 6;
    static final int GOAWAY = 7;
    static final int WINDOW_UPDATE = 8;
    static final int CONTINUATION = 9;

    static final int ACK = 1;
    static final int END_STREAM = 1;
    static final int END_HEADERS = 4;
    static final int PADDED = 8;
    static final int WITH_PRIORITY = 0x20;

    /** Bytes before the payload. */
    static final int HEAD = 9;

    /** Of a payload, as long as no other size was agreed on. */
    static final int SIZE = 16384;

    /** A window, as long as nothing was said of it. */
    static final int WINDOW = 65535;

    private Frame() {}

    /** A small frame, with that payload in 32-bit words. */
    static byte[] of(int type, int flags, int stream, int... words) {
        var frame = new byte[HEAD + 4 * words.length];
        head(frame, 4 * words.length, type, flags, stream);
        for (int i = 0; i < words.length; i++) {
            word(frame, HEAD + 4 * i, words[i]);
        }
        return frame;
    }

    static void head(byte[] frame, int length, int type, int flags, int stream) {
        frame[0] = (byte) (length >> 16);
        frame[1] = (byte) (length >> 8);
        frame[2] = (byte) length;
        frame[3] = (byte) type;
        frame[4] = (byte) flags;
        word(frame, 5, stream);
    }

    static void word(byte[] bytes, int at, int value) {
        bytes[at] = (byte) (value >> 24);
        bytes[at + 1] = (byte) (value >> 16);
        bytes[at + 2] = (byte) (value >> 8);
        bytes[at + 3] = (byte) value;
    }

    static int word(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 24
                | (bytes[at + 1] & 0xff) << 16
                | (bytes[at + 2] & 0xff) << 8
                | (bytes[at + 3] & 0xff);
    }
}
