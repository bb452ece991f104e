package dev.gatehouse.node.wire.http2;

/** What of frames is fixed: RFC 9113, 4 and 6. */
public final class Frame {

    public static final int DATA = 0;
    public static final int HEADERS = 1;
    public static final int PRIORITY = 2;
    public static final int RST_STREAM = 3;
    public static final int SETTINGS = 4;
    public static final int PUSH_PROMISE = 5;
    public static final int PING = 6;
    public static final int GOAWAY = 7;
    public static final int WINDOW_UPDATE = 8;
    public static final int CONTINUATION = 9;

    public static final int ACK = 1;
    public static final int END_STREAM = 1;
    public static final int END_HEADERS = 4;
    public static final int PADDED = 8;
    public static final int PRIORITIZED = 0x20;

    /** Bytes before the payload. */
    public static final int HEAD = 9;

    /** Of a payload, as long as no other size was agreed on. */
    public static final int SIZE = 16384;

    /** A window, as long as nothing was said of it. */
    public static final int WINDOW = 65535;

    private Frame() {}

    /** A small frame, with that payload in 32-bit words. */
    public static byte[] of(int type, int flags, int stream, int... words) {
        var frame = new byte[HEAD + 4 * words.length];
        head(frame, 0, 4 * words.length, type, flags, stream);
        for (int i = 0; i < words.length; i++) {
            word(frame, HEAD + 4 * i, words[i]);
        }
        return frame;
    }

    /** Writes the octets before a payload. */
    public static void head(byte[] target, int at, int length, int type, int flags, int stream) {
        target[at] = (byte) (length >> 16);
        target[at + 1] = (byte) (length >> 8);
        target[at + 2] = (byte) length;
        target[at + 3] = (byte) type;
        target[at + 4] = (byte) flags;
        word(target, at + 5, stream);
    }

    public static void word(byte[] bytes, int at, int value) {
        bytes[at] = (byte) (value >> 24);
        bytes[at + 1] = (byte) (value >> 16);
        bytes[at + 2] = (byte) (value >> 8);
        bytes[at + 3] = (byte) value;
    }

    public static int word(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 24
                | (bytes[at + 1] & 0xff) << 16
                | (bytes[at + 2] & 0xff) << 8
                | (bytes[at + 3] & 0xff);
    }
}
