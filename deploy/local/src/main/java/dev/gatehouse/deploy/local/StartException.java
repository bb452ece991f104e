package dev.gatehouse.deploy.local;

import org.jspecify.annotations.Nullable;

/** Something does not start; the message says what, why, and what to do. */
final class StartException extends RuntimeException {

    private static final long serialVersionUID = 1;

    StartException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    StartException(String message) {
        this(message, null);
    }
}
