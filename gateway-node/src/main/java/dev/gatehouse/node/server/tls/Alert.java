package dev.gatehouse.node.server.tls;

/** The fatal alerts (RFC 8446, 6) that are sent before there is an engine. */
enum Alert {
    DECODE_ERROR(50),
    INTERNAL_ERROR(80),
    INAPPROPRIATE_FALLBACK(86),
    UNRECOGNIZED_NAME(112);

    private final byte code;

    Alert(int code) {
        this.code = (byte) code;
    }

    /** One record in the clear. */
    byte[] bytes() {
        return new byte[] {21, 3, 3, 0, 2, 2, code};
    }
}
