package dev.gatehouse.deploy.servers;

import org.jspecify.annotations.Nullable;

/** A server did not start; the message says why and what to do. */
public final class ServerStartException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ServerStartException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
