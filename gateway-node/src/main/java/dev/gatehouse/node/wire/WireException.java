package dev.gatehouse.node.wire;

import dev.gatehouse.db.model.Refusal;
import java.io.IOException;

/** The peer broke the protocol. The message names the rule; the connection must not be used again. */
public final class WireException extends IOException {

    private static final long serialVersionUID = 1;

    private final Refusal refusal;
    private final boolean foreign;

    public WireException(String rule) {
        this(Refusal.BAD_REQUEST, rule);
    }

    /** @param refusal what a client is told when it was a request */
    WireException(Refusal refusal, String rule) {
        this(refusal, rule, false);
    }

    private WireException(Refusal refusal, String rule, boolean foreign) {
        super(rule);
        this.refusal = refusal;
        this.foreign = foreign;
    }

    static WireException foreign(String rule) {
        return new WireException(Refusal.BAD_REQUEST, rule, true);
    }

    /** Whether the peer speaks another protocol: to it, an answer in HTTP is none. RFC 9113, 3.4 wants it closed. */
    public boolean foreign() {
        return foreign;
    }

    /** What a client is told when it was a request. */
    public Refusal refusal() {
        return refusal;
    }
}
