package dev.gatehouse.node.backend;

import dev.gatehouse.node.backend.UpstreamFailure.Kind;
import dev.gatehouse.node.backend.http2.Http2Stream;
import dev.gatehouse.node.backend.http2.StreamResetException;
import dev.gatehouse.node.exchange.Body;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.RefusedException;
import dev.gatehouse.node.exchange.Response;
import dev.gatehouse.node.wire.HopByHop;
import dev.gatehouse.node.wire.Trailers;
import dev.gatehouse.node.wire.WireException;
import dev.gatehouse.node.wire.http2.Http2Exception;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import org.jspecify.annotations.Nullable;

/** One attempt over HTTP/2: a request on one stream, and the response it gets. */
final class Http2Call {

    private static final int PIECE = 16 << 10;

    private final Http2Lease lease;
    private final Exchange exchange;
    private final AnswerWait wait;
    private final FailureLog log;
    private boolean answered;
    private boolean passedOn;

    Http2Call(Http2Lease lease, AnswerWait wait, Exchange exchange, FailureLog log) {
        this.log = log;
        this.lease = lease;
        this.wait = wait;
        this.exchange = exchange;
    }

    /**
     * Sends the request; the response's body is still to come. On failure the stream is gone.
     *
     * @param path the raw path at the service, below the target's base path
     * @param deadline where it is told how much time is left now that there is a connection
     * @throws RefusedException when it was the client's body that failed
     */
    Response send(ServiceTarget target, String path, DeadlineField deadline) throws UpstreamFailure, RefusedException {
        boolean done = false;
        RequestPump pump = null;
        exchange.whenAbandoned(lease::end);
        try {
            var body = exchange.body();
            boolean empty = body.length() == 0;
            var head = OutboundHead.http2(exchange, target, path, deadline, deadline.left(wait));
            var stream = lease.begin(head, empty);
            if (!empty) {
                pump = RequestPump.start(body, in -> upload(in, body, stream), lease::end);
            }
            var response = receive(stream, pump);
            done = true;
            return response;
        } catch (IOException e) {
            throw judged(e, pump);
        } finally {
            if (!done) {
                lease.end();
            }
        }
    }

    private Response receive(Http2Stream stream, @Nullable RequestPump pump) throws IOException {
        var head = wait.await(pump, stream::head);
        while (head.status() < 200) {
            answered = true;
            // 100 is for who sends the body; the client got its own from the listener
            if (head.status() != 100) {
                passedOn = true;
                exchange.downstream().interim().send(head.status(), head.headers());
            }
            head = wait.await(pump, stream::head);
        }
        answered = true;
        var body = Http2Body.of(head, exchange, stream, lease, pump, wait, log);
        HopByHop.remove(head.headers());
        return new Response(head.status(), head.headers(), body);
    }

    private static void upload(InputStream in, Body body, Http2Stream stream) throws IOException {
        var piece = new byte[(int) Math.min(PIECE, body.length() < 0 ? PIECE : body.length())];
        long left = body.length();
        int count;
        while (left != 0 && (count = in.read(piece)) >= 0) {
            stream.write(piece, 0, count);
            left -= count;
        }
        if (left > 0) {
            throw new IOException("a body ended " + left + " bytes short of its length");
        }
        stream.end(Trailers.relayed(body.trailers()));
    }

    private UpstreamFailure judged(IOException failure, @Nullable RequestPump pump) throws RefusedException {
        // where the caller's own time is over, that is why, whoever had the next move
        if (pump != null && !Grpc.late(exchange)) {
            pump.blame(failure);
        }
        return switch (failure) {
            case StreamResetException reset
            when !reset.processed() -> failure(Kind.REFUSED, "did not take the request", reset);
            case StreamResetException reset -> failure(Kind.BROKEN, "gave the request up", reset);
            case Http2Exception broken -> failure(Kind.BROKEN, "broke the protocol", broken);
            case WireException broken -> failure(Kind.BROKEN, "broke the protocol", broken);
            case SocketTimeoutException late -> {
                lease.doubt();
                yield failure(Kind.TIMEOUT, "did not answer in time", late).because(wait.before());
            }
            default ->
                answered
                        ? failure(Kind.BROKEN, "closed the connection before the response", failure)
                        : failure(Kind.SILENT, "closed the connection unanswered", failure);
        };
    }

    private UpstreamFailure failure(Kind kind, String what, IOException cause) {
        var failure = new UpstreamFailure(kind, lease + " " + what + ": " + cause.getMessage(), cause);
        return passedOn ? failure.afterSomething() : failure;
    }
}
