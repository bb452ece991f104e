package dev.gatehouse.node.wire.http2;

import java.io.IOException;

/** The peer broke a rule, which the message names. */
public final class Http2Exception extends IOException {

    private static final long serialVersionUID = 1;

    private final ErrorCode code;
    private final int stream;

    private Http2Exception(ErrorCode code, int stream, String rule) {
        super(rule);
        this.code = code;
        this.stream = stream;
    }

    /** The connection is over: RFC 9113, 5.4.1. */
    public static Http2Exception connection(ErrorCode code, String rule) {
        return new Http2Exception(code, 0, rule);
    }

    /** That stream is over, the others are not: RFC 9113, 5.4.2. */
    public static Http2Exception stream(int stream, ErrorCode code, String rule) {
        return new Http2Exception(code, stream, rule);
    }

    public ErrorCode code() {
        return code;
    }

    /** 0 when the connection is over. */
    public int stream() {
        return stream;
    }
}
