package dev.gatehouse.node.wire;

import java.io.IOException;

/** The peer broke the protocol. The message names the rule; the connection must not be used again. */
public final class WireException extends IOException {

    private static final long serialVersionUID = 1;

    public WireException(String rule) {
        super(rule);
    }
}
