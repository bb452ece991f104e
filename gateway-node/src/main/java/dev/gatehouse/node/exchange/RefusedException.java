package dev.gatehouse.node.exchange;

import java.io.IOException;

/** A request turns out to be one the gateway does not take; a read of its body throws it when the body is the reason. */
public final class RefusedException extends IOException {

    private static final long serialVersionUID = 1;

    private final transient Rejection rejection;

    public RefusedException(Rejection rejection) {
        super(rejection.reason());
        this.rejection = rejection;
    }

    public Rejection rejection() {
        return rejection;
    }
}
