package dev.gatehouse.node.backend;

import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.node.exchange.Rejection;
import java.net.SocketTimeoutException;
import org.jspecify.annotations.Nullable;

/** Why a service gave no answer. The message is for the log: it may name inner addresses. */
final class UpstreamFailure extends Exception {

    private static final long serialVersionUID = 1;

    enum Kind {
        /** No connection: nothing was sent. */
        UNREACHABLE,
        /** None could be made a moment ago, so none was tried. */
        ABSENT,
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

        private Refusal refusal() {
            return switch (this) {
                case UNREACHABLE, ABSENT, REFUSED -> Refusal.UPSTREAM_UNREACHABLE;
                case BUSY -> Refusal.POOL_FULL;
                case STALE, SILENT, BROKEN -> Refusal.UPSTREAM_BROKEN;
                case TIMEOUT -> Refusal.UPSTREAM_TIMEOUT;
            };
        }
    }

    private final Kind kind;
    private final Refusal refusal;
    private final boolean passedOn;

    UpstreamFailure(Kind kind, String message, @Nullable Throwable cause) {
        this(
                kind,
                kind == Kind.UNREACHABLE && cause instanceof SocketTimeoutException
                        ? Refusal.UPSTREAM_CONNECT_TIMEOUT
                        : kind.refusal(),
                false,
                message,
                cause);
    }

    private UpstreamFailure(
            Kind kind, Refusal refusal, boolean passedOn, @Nullable String message, @Nullable Throwable cause) {
        // where it was made is in its message; walking the stack is dear, and a service that is down fails every
        // request
        super(message, cause, false, false);
        this.kind = kind;
        this.refusal = refusal;
        this.passedOn = passedOn;
    }

    /** None takes requests at the moment. */
    static UpstreamFailure noTarget() {
        return new UpstreamFailure(
                Kind.UNREACHABLE, Refusal.NO_HEALTHY_TARGET, false, "no target of the service takes requests", null);
    }

    /** @param where all tunnels that may lead there are open */
    static UpstreamFailure tunnelsFull(Object where) {
        return new UpstreamFailure(Kind.BUSY, "too many tunnels to " + where + " are open", null);
    }

    Kind kind() {
        return kind;
    }

    /** The stable code. */
    Refusal refusal() {
        return refusal;
    }

    /** Whether the client has heard something of the answer already, if only that it is on its way. */
    boolean passedOn() {
        return passedOn;
    }

    /** The same, for that reason. */
    UpstreamFailure because(Refusal reason) {
        return new UpstreamFailure(kind, reason, passedOn, getMessage(), getCause());
    }

    /** The same, when the client has heard something. */
    UpstreamFailure afterSomething() {
        return new UpstreamFailure(kind, refusal, true, getMessage(), getCause());
    }

    /** The same, when it took all the time that the exchange had. Who waited for this node's own is told of that. */
    UpstreamFailure late() {
        if (kind == Kind.BUSY) {
            return this;
        }
        return new UpstreamFailure(
                Kind.TIMEOUT, Refusal.DEADLINE_EXCEEDED, passedOn, "out of time: " + getMessage(), this);
    }

    /** What the client is told; it names no inner address. */
    Rejection rejection() {
        var told = Rejection.of(refusal, sentence());
        return refusal.status() == 503 ? told.with("Retry-After", "1") : told;
    }

    private String sentence() {
        return switch (refusal) {
            case NO_HEALTHY_TARGET -> "No target of the service takes requests.";
            case UPSTREAM_CONNECT_TIMEOUT -> "No target of the service accepted a connection in time.";
            case UPSTREAM_TRY_TIMEOUT -> "The service took too long to answer, each time it was asked.";
            case DEADLINE_EXCEEDED -> "The service took longer than there was time for the request.";
            default ->
                switch (kind) {
                    case UNREACHABLE, ABSENT -> "No target of the service is reachable.";
                    case BUSY -> "All connections to the service that this node may have are in use.";
                    case REFUSED -> "The service takes no requests.";
                    case STALE, SILENT -> "The service closed the connection unanswered.";
                    case BROKEN -> "The service's answer is not well-formed HTTP.";
                    case TIMEOUT -> "The service took too long to answer.";
                };
        };
    }
}
