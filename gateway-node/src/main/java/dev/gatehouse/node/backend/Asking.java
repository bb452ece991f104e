package dev.gatehouse.node.backend;

import dev.gatehouse.node.backend.balance.Failure;
import dev.gatehouse.node.backend.balance.Pick;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.RefusedException;
import dev.gatehouse.node.exchange.Response;
import java.lang.ref.Reference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How a service is asked once.
 *
 * @param terms how it is spoken to
 * @param bodies that are kept to be sent again
 * @param log where it is told why it failed
 */
record Asking(UpstreamTerms terms, Tries tries, KeptBodies bodies, FailureLog log) {

    Asking(UpstreamTerms terms, Tries tries, KeptBodies bodies) {
        this(terms, tries, bodies, new FailureLog());
    }

    /**
     * One attempt at one target, and what became of it told.
     *
     * @param path the raw path at the service, below the target's base path
     * @param fresh whether no connection that was used before will do
     * @param patient whether a connection is waited for where all are in use
     * @param hung whether the target is to blame where the exchange was abandoned
     */
    Response ask(Pick<Reach> pick, Exchange exchange, String path, boolean fresh, boolean patient, BooleanSupplier hung)
            throws UpstreamFailure, RefusedException {
        boolean told = false;
        try {
            var response = send(pick, exchange, path, fresh, patient);
            told = true;
            pick.answered(response.status());
            var cookie = pick.cookie(exchange);
            if (cookie != null) {
                response.headers().add("Set-Cookie", cookie);
            }
            return response;
        } catch (UpstreamFailure e) {
            var failure = failure(e, exchange, hung);
            if (failure != null) {
                told = true;
                pick.failed(failure);
            }
            throw e;
        } finally {
            if (!told) {
                pick.left();
            }
        }
    }

    private Response send(Pick<Reach> pick, Exchange exchange, String path, boolean fresh, boolean patient)
            throws UpstreamFailure, RefusedException {
        long now = System.nanoTime();
        var wait = new AnswerWait(terms.times(), exchange, tries.due(now), now);
        var time = tries.connect(terms.times(), exchange, now);
        try {
            return switch (pick.reach()) {
                case Reach.Http1 reach -> {
                    var handshake = Handshake.of(exchange, terms.webSockets());
                    var pool = reach.pool();
                    if (handshake != null && pool.tunnelsFull()) {
                        throw UpstreamFailure.tunnelsFull(pool);
                    }
                    var lease = new UpstreamLease(pool, pool.take(fresh, patient, time), pick);
                    yield new UpstreamCall(lease, wait, exchange, handshake, log)
                            .send(reach.target(), path, terms.deadline());
                }
                case Reach.Http2 reach -> {
                    var lease = reach.pool().take(fresh, patient, time).of(pick);
                    yield new Http2Call(lease, wait, exchange, log).send(reach.target(), path, terms.deadline());
                }
            };
        } finally {
            // until there is a connection, only this keeps its pool
            Reference.reachabilityFence(pick);
        }
    }

    private static @Nullable Failure failure(UpstreamFailure failure, Exchange exchange, BooleanSupplier hung) {
        if (exchange.abandoned()) {
            return hung.getAsBoolean() ? Failure.TIMEOUT : null;
        }
        return Grpc.late(exchange) ? null : blame(failure.kind(), exchange);
    }

    /** How the target failed; null where it is not to blame. */
    private static @Nullable Failure blame(UpstreamFailure.Kind kind, Exchange exchange) {
        return switch (kind) {
            // for want of time the next one would have done no better
            case UNREACHABLE -> exchange.nanosLeft() <= 0 ? null : Failure.UNREACHABLE;
            case ABSENT, BUSY, STALE -> null;
            case REFUSED -> Failure.REFUSED;
            case SILENT -> Failure.SILENT;
            case BROKEN -> Failure.BROKEN;
            case TIMEOUT -> Failure.TIMEOUT;
        };
    }
}
