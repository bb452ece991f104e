package dev.gatehouse.node.wire;

import dev.gatehouse.db.model.Refusal;
import java.io.IOException;

/** The peer broke the protocol. The message names the rule; the connection must not be used again. */
public final class WireException extends IOException {

    private static final long serialVersionUID = 1;

    private final Refusal refusal;

    public WireException(String rule) {
        this(Refusal.BAD_REQUEST, rule);
    }

    /** @param refusal what a client is told when it was a request */
    WireException(Refusal refusal, String rule) {
        super(rule);
        this.refusal = refusal;
    }

    /** What a client is told when it was a request. */
    public Refusal refusal() {
        return refusal;
    }
}
