package dev.gatehouse.deploy.bench;

import org.jspecify.annotations.Nullable;

/** Why nothing could be measured, for whoever asked for it. */
final class BenchException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BenchException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
