package dev.gatehouse.node.backend;

import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.node.exchange.Rejection;
import org.jspecify.annotations.Nullable;

/** Why a service gave no answer. The message is for the log: it may name inner addresses. */
final class UpstreamFailure extends Exception {

    private static final long serialVersionUID = 1;

    enum Kind {
        /** No connection: nothing was sent. */
        UNREACHABLE,
        /** All that this node may have of it is in use: nothing was sent. */
        BUSY,
        /** The service said that it did nothing with the request. */
        REFUSED,
        /** A connection that had been used before ended without one byte of an answer: perhaps it was closed meanwhile. */
        STALE,
        /** The connection ended without one byte of an answer. */
        SILENT,
        /** What came is not HTTP, or ended early. */
        BROKEN,
        TIMEOUT;

        Rejection rejection() {
            return switch (this) {
                case UNREACHABLE, BUSY ->
                    Rejection.of(Refusal.UPSTREAM_UNREACHABLE, "No target of the service is reachable.");
                case REFUSED -> Rejection.of(Refusal.UPSTREAM_UNREACHABLE, "The service takes no requests.");
                case STALE, SILENT ->
                    Rejection.of(Refusal.UPSTREAM_BROKEN, "The service closed the connection unanswered.");
                case BROKEN -> Rejection.of(Refusal.UPSTREAM_BROKEN, "The service's answer is not well-formed HTTP.");
                case TIMEOUT -> Rejection.of(Refusal.UPSTREAM_TIMEOUT, "The service took too long to answer.");
            };
        }
    }

    private final Kind kind;

    UpstreamFailure(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    Kind kind() {
        return kind;
    }

    /** The same, when it took all the time that the exchange had. */
    UpstreamFailure late() {
        return new UpstreamFailure(Kind.TIMEOUT, "out of time: " + getMessage(), this);
    }
}
