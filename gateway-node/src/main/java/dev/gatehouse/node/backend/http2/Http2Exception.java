package dev.gatehouse.node.backend.http2;

import dev.gatehouse.node.wire.http2.ErrorCode;
import java.io.IOException;

/** The peer broke the protocol. The message names the rule. */
public final class Http2Exception extends IOException {

    private static final long serialVersionUID = 1;

    private final ErrorCode code;

    /** @param code what the peer is told */
    Http2Exception(ErrorCode code, String rule) {
        super(rule);
        this.code = code;
    }

    ErrorCode code() {
        return code;
    }
}
