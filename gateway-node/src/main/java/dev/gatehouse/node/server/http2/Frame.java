package dev.gatehouse.node.server.http2;

/** Types and flags of frames: RFC 9113, 6. */
final class Frame {

    static final int HEADER = 9;

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

    static final int END_STREAM = 0x1;
    static final int ACK = 0x1;
    static final int END_HEADERS = 0x4;
    static final int PADDED = 0x8;
    static final int PRIORITIZED = 0x20;

    private Frame() {}

    /** Writes the nine octets before a payload. */
    static void header(byte[] target, int offset, int length, int type, int flags, int stream) {
        target[offset] = (byte) (length >> 16);
        target[offset + 1] = (byte) (length >> 8);
        target[offset + 2] = (byte) length;
        target[offset + 3] = (byte) type;
        target[offset + 4] = (byte) flags;
        number(target, offset + 5, stream);
    }

    static void number(byte[] target, int offset, int value) {
        target[offset] = (byte) (value >> 24);
        target[offset + 1] = (byte) (value >> 16);
        target[offset + 2] = (byte) (value >> 8);
        target[offset + 3] = (byte) value;
    }

    static int number(byte[] source, int offset) {
        return (source[offset] & 0xff) << 24
                | (source[offset + 1] & 0xff) << 16
                | (source[offset + 2] & 0xff) << 8
                | (source[offset + 3] & 0xff);
    }
}
