package dev.gatehouse.node.backend;

import dev.gatehouse.node.backend.http2.Http2Stream;
import dev.gatehouse.node.exchange.Body;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.exchange.PieceStream;
import dev.gatehouse.node.wire.Trailers;
import dev.gatehouse.node.wire.WireException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A response body on its way over HTTP/2; when it has ended, so has the lease of its place. */
final class Http2Body implements Body {

    /** A service may answer on the last byte, before the thread that sent it has noticed that it was the last. */
    private static final Duration MOMENT = Duration.ofMillis(20);

    private final long length;
    private final Http2Stream stream;
    private final Http2Lease lease;
    private final @Nullable RequestPump pump;
    private final AnswerWait wait;
    private final Exchange exchange;
    private final FailureLog log;
    private Headers trailers = new Headers();
    private long received;
    private boolean ended;

    private Http2Body(
            long length,
            Http2Stream stream,
            Http2Lease lease,
            @Nullable RequestPump pump,
            AnswerWait wait,
            Exchange exchange,
            FailureLog log) {
        this.length = length;
        this.stream = stream;
        this.lease = lease;
        this.pump = pump;
        this.wait = wait;
        this.exchange = exchange;
        this.log = log;
    }

    /** @throws WireException when the fields disagree with what came, or with each other */
    static Http2Body of(
            Http2Stream.Head head,
            Exchange exchange,
            Http2Stream stream,
            Http2Lease lease,
            @Nullable RequestPump pump,
            AnswerWait wait,
            FailureLog log)
            throws IOException {
        var stated = head.headers().all("content-length");
        boolean bodiless = exchange.method().equals("HEAD") || head.status() == 204 || head.status() == 304;
        long length = stated.isEmpty() ? UNKNOWN : number(stated.getFirst());
        if (stated.size() > 1) {
            throw new WireException("more than one content-length");
        }
        if (head.last() && !bodiless && length > 0) {
            throw new WireException("a content-length and no body");
        }
        var body = new Http2Body(bodiless || head.last() ? 0 : length, stream, lease, pump, wait, exchange, log);
        if (head.last()) {
            body.end();
        } else if (bodiless) {
            // END_STREAM may come in a frame of its own, and nothing else may
            body.next(new byte[1], 0, 1);
        }
        return body;
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public InputStream stream() {
        return new PieceStream() {
            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                return length == 0 ? 0 : next(target, offset, length);
            }

            @Override
            public int available() {
                return stream.available();
            }
        };
    }

    @Override
    public Headers trailers() {
        return trailers;
    }

    @Override
    public void close() {
        lease.end();
    }

    private int next(byte[] target, int offset, int room) throws IOException {
        if (ended) {
            return -1;
        }
        try {
            int count = stream.read(target, offset, room, wait.pieceDue());
            received += Math.max(0, count);
            if (length >= 0 && (count < 0 ? received != length : received > length)) {
                throw new EOFException("the body is not as long as its content-length");
            }
            if (count < 0) {
                trailers = Trailers.relayed(stream.trailers());
                end();
            }
            return count;
        } catch (IOException e) {
            if (e instanceof SocketTimeoutException) {
                lease.doubt();
            }
            var reason = wait.withinBody(exchange, e);
            exchange.cut(reason);
            log.tell(exchange, lease + " broke off in the response body: " + e.getMessage());
            lease.brokeOff(reason);
            throw e;
        }
    }

    private void end() {
        ended = true;
        lease.completed();
        if (pump != null) {
            // a moment to end by itself; then the service is told that nothing more comes
            pump.sent(MOMENT);
        }
        lease.end();
    }

    private static long number(String text) throws WireException {
        if (text.isEmpty() || text.length() > 18 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new WireException("content-length must be 1 to 18 digits");
        }
        return Long.parseLong(text);
    }
}
