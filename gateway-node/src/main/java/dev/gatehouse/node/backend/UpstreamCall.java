package dev.gatehouse.node.backend;

import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.node.backend.UpstreamFailure.Kind;
import dev.gatehouse.node.exchange.Body;
import dev.gatehouse.node.exchange.RefusedException;
import dev.gatehouse.node.exchange.Rejection;
import dev.gatehouse.node.exchange.Response;
import dev.gatehouse.node.wire.Framing;
import dev.gatehouse.node.wire.HeadBuffer;
import dev.gatehouse.node.wire.HeadLimits;
import dev.gatehouse.node.wire.HopByHop;
import dev.gatehouse.node.wire.ResponseHead;
import dev.gatehouse.node.wire.WireException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import org.jspecify.annotations.Nullable;

/** One attempt: a request on one connection, and the response it gets. */
final class UpstreamCall {

    /** Interim answers before the final one; a service that sends more is looping. */
    private static final int INTERIM = 16;

    private static final Rejection CUT_SHORT =
            Rejection.of(Refusal.BAD_REQUEST, "The request body ended before it was complete.");

    private final UpstreamLease lease;
    private final UpstreamTimes times;
    private boolean answered;

    UpstreamCall(UpstreamLease lease, UpstreamTimes times) {
        this.lease = lease;
        this.times = times;
    }

    /**
     * Sends the request; the response's body is still to come. On failure the connection is gone.
     *
     * @throws RefusedException when it was the client's body that failed
     */
    Response send(String method, HeadBuffer head, Body body) throws UpstreamFailure, RefusedException {
        boolean done = false;
        try {
            var pump = body.length() == 0 ? sendHead(head) : RequestPump.start(head, body, lease.connection());
            var response = receive(method, pump);
            done = true;
            return response;
        } finally {
            if (!done) {
                lease.discard();
            }
        }
    }

    private @Nullable RequestPump sendHead(HeadBuffer head) throws UpstreamFailure {
        try {
            head.writeTo(lease.connection().out());
            return null;
        } catch (IOException e) {
            throw failure(Kind.SILENT, "did not take the request", e);
        }
    }

    private Response receive(String method, @Nullable RequestPump pump) throws UpstreamFailure, RefusedException {
        try {
            var head = finalHead(pump);
            if (head.status() < 200) {
                throw new WireException("an upgrade nobody asked for, or too many interim answers");
            }
            var framing = Framing.ofResponse(head, method);
            var headers = head.headers();
            var body = new UpstreamBody(framing, lease, KeepAlive.after(head, framing), pump, times);
            HopByHop.remove(headers);
            return new Response(head.status(), headers, body);
        } catch (IOException e) {
            var cause = pump == null ? null : pump.clientFailure();
            if (cause != null) {
                throw cause instanceof RefusedException refused ? refused : new RefusedException(CUT_SHORT);
            }
            throw switch (e) {
                case WireException broken -> failure(Kind.BROKEN, "broke the protocol", broken);
                case SocketTimeoutException late -> failure(Kind.TIMEOUT, "did not answer in time", late);
                default ->
                    answered()
                            ? failure(Kind.BROKEN, "closed the connection in the response head", e)
                            : failure(Kind.SILENT, "closed the connection unanswered", e);
            };
        }
    }

    /** The first that is not interim; 101 ends the search, since no upgrade was asked for. */
    private ResponseHead finalHead(@Nullable RequestPump pump) throws IOException {
        var in = lease.connection().in();
        awaitAnswer(pump);
        var head = ResponseHead.read(in, HeadLimits.RESPONSE);
        for (int i = 0; i < INTERIM && head.status() < 200 && head.status() != 101; i++) {
            answered = true;
            awaitAnswer(pump);
            head = ResponseHead.read(in, HeadLimits.RESPONSE);
        }
        return head;
    }

    /** Waits for the answer's first byte, for as long as an upload makes progress; then the whole head has its time. */
    private void awaitAnswer(@Nullable RequestPump pump) throws IOException {
        long silence = times.silence().toNanos();
        long since = System.nanoTime();
        while (true) {
            lease.connection().readUntil(since + silence);
            try {
                lease.connection().in().await();
                lease.connection().readUntil(System.nanoTime() + silence);
                return;
            } catch (SocketTimeoutException e) {
                if (pump == null || pump.progress() - since <= 0) {
                    throw e;
                }
                since = pump.progress();
            }
        }
    }

    private boolean answered() {
        return answered || lease.connection().in().buffered() > 0;
    }

    private UpstreamFailure failure(Kind kind, String what, IOException cause) {
        return new UpstreamFailure(kind, lease + " " + what + ": " + cause.getMessage(), cause);
    }
}
