package dev.gatehouse.deploy.ledger;

import org.jspecify.annotations.Nullable;

/** A run that cannot be made; the message is for the person who started it. */
final class LedgerException extends RuntimeException {

    private static final long serialVersionUID = 1;

    LedgerException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
