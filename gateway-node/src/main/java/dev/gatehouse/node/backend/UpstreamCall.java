package dev.gatehouse.node.backend;

import dev.gatehouse.node.backend.UpstreamFailure.Kind;
import dev.gatehouse.node.exchange.Body;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.RefusedException;
import dev.gatehouse.node.exchange.Response;
import dev.gatehouse.node.wire.Framing;
import dev.gatehouse.node.wire.HeadBuffer;
import dev.gatehouse.node.wire.HeadLimits;
import dev.gatehouse.node.wire.HopByHop;
import dev.gatehouse.node.wire.PeerChannel;
import dev.gatehouse.node.wire.ResponseHead;
import dev.gatehouse.node.wire.WireException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import org.jspecify.annotations.Nullable;

/** One attempt: a request on one connection, and the response it gets. */
final class UpstreamCall {

    /** Interim answers before the final one; a service that sends more is looping. */
    private static final int INTERIM = 16;

    private final UpstreamLease lease;
    private final Exchange exchange;
    private final @Nullable Handshake handshake;
    private final AnswerWait wait;
    private final FailureLog log;
    private boolean answered;
    private boolean passedOn;

    /** @param handshake whose 101 is wanted; null when none is */
    UpstreamCall(
            UpstreamLease lease, AnswerWait wait, Exchange exchange, @Nullable Handshake handshake, FailureLog log) {
        this.log = log;
        this.lease = lease;
        this.wait = wait;
        this.exchange = exchange;
        this.handshake = handshake;
    }

    /**
     * Sends the request; the response's body is still to come. On failure the connection is gone.
     *
     * @param path the raw path at the service, below the target's base path
     * @param deadline where it is told how much time is left now that there is a connection
     * @throws RefusedException when it was the client's body that failed
     */
    Response send(ServiceTarget target, String path, DeadlineField deadline) throws UpstreamFailure, RefusedException {
        boolean done = false;
        exchange.whenAbandoned(lease::discard);
        try {
            var upgrade = handshake == null ? null : Handshake.PROTOCOL;
            var head = OutboundHead.of(exchange, target, path, upgrade, deadline, deadline.left(wait));
            var body = exchange.body();
            var pump = body.length() == 0 ? sendHead(head) : pump(head, body);
            var response = receive(pump);
            done = true;
            return response;
        } finally {
            if (!done) {
                lease.discard();
            }
        }
    }

    private RequestPump pump(HeadBuffer head, Body body) throws UpstreamFailure {
        try {
            lease.connection().shared();
            return RequestPump.start(head, body, lease.connection());
        } catch (IOException e) {
            throw failure(Kind.SILENT, "was closed before it took the request", e);
        }
    }

    private @Nullable RequestPump sendHead(HeadBuffer head) throws UpstreamFailure {
        try {
            head.writeTo(lease.connection().out());
            return null;
        } catch (IOException e) {
            throw failure(silence(), "did not take the request", e);
        }
    }

    private Response receive(@Nullable RequestPump pump) throws UpstreamFailure, RefusedException {
        try {
            var head = finalHead(pump);
            return head.status() == 101 && handshake != null
                    ? tunnel(head, handshake)
                    : new Response(head.status(), head.headers(), body(head, pump));
        } catch (IOException e) {
            throw judged(e, pump);
        }
    }

    private Body body(ResponseHead head, @Nullable RequestPump pump) throws WireException {
        if (head.status() < 200) {
            throw new WireException("an upgrade nobody asked for, or too many interim answers");
        }
        var framing = Framing.ofResponse(head, exchange.method());
        var body = new UpstreamBody(framing, lease, KeepAlive.after(head, framing), pump, wait, exchange, log);
        HopByHop.remove(head.headers());
        return body;
    }

    private Response tunnel(ResponseHead head, Handshake asked) throws IOException, UpstreamFailure {
        if (!asked.acceptedBy(head.headers())) {
            throw new WireException("a 101 that does not answer the handshake");
        }
        if (!lease.toTunnel()) {
            throw UpstreamFailure.tunnelsFull(lease);
        }
        lease.connection().shared();
        HopByHop.remove(head.headers());
        return Response.switching(head.headers(), new UpstreamTunnel(lease, asked.idle()));
    }

    private UpstreamFailure judged(IOException failure, @Nullable RequestPump pump) throws RefusedException {
        if (pump != null) {
            pump.blame(failure);
        }
        return switch (failure) {
            case WireException broken -> failure(Kind.BROKEN, "broke the protocol", broken);
            case SocketTimeoutException late ->
                failure(Kind.TIMEOUT, "did not answer in time", late).because(wait.before());
            default ->
                answered()
                        ? failure(Kind.BROKEN, "closed the connection in the response head", failure)
                        : failure(silence(), "closed the connection unanswered", failure);
        };
    }

    /** The first that is not interim; 101 ends the search. */
    private ResponseHead finalHead(@Nullable RequestPump pump) throws IOException {
        var head = nextHead(pump);
        for (int i = 0; i < INTERIM && head.status() < 200 && head.status() != 101; i++) {
            answered = true;
            // 100 is for who sends the body; the client got its own from the listener
            if (head.status() != 100) {
                passedOn = true;
                HopByHop.remove(head.headers());
                exchange.downstream().interim().send(head.status(), head.headers());
            }
            head = nextHead(pump);
        }
        return head;
    }

    /** Waits for its first byte, for as long as an upload makes progress; then the whole of it has its time. */
    private ResponseHead nextHead(@Nullable RequestPump pump) throws IOException {
        var connection = lease.connection();
        connection.readUntil(wait.due(), pump == null ? null : () -> wait.due(pump));
        if (pump == null) {
            // as the client's connection does before each request, which waits once in a while
            PeerChannel.giveWay();
        }
        connection.in().await();
        connection.readUntil(wait.due());
        return ResponseHead.read(connection.in(), HeadLimits.RESPONSE);
    }

    private Kind silence() {
        return lease.connection().used() ? Kind.STALE : Kind.SILENT;
    }

    private boolean answered() {
        return answered || lease.connection().in().buffered() > 0;
    }

    private UpstreamFailure failure(Kind kind, String what, IOException cause) {
        var failure = new UpstreamFailure(kind, lease + " " + what + ": " + cause.getMessage(), cause);
        return passedOn ? failure.afterSomething() : failure;
    }
}
