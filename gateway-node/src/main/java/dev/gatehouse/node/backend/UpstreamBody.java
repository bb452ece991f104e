package dev.gatehouse.node.backend;

import dev.gatehouse.node.exchange.Body;
import dev.gatehouse.node.exchange.ByteSource;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.exchange.PieceStream;
import dev.gatehouse.node.wire.BodyInput;
import dev.gatehouse.node.wire.ChunkedInput;
import dev.gatehouse.node.wire.Framing;
import dev.gatehouse.node.wire.Trailers;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A response body on its way; when it has ended, so has the lease of its connection. */
final class UpstreamBody implements Body {

    /** A service may answer on the last byte, before the thread that sent it has noticed that it was the last. */
    private static final Duration MOMENT = Duration.ofMillis(20);

    private final Framing framing;
    private final BodyInput in;
    private final UpstreamLease lease;
    private final Duration keepAlive;
    private final @Nullable RequestPump pump;
    private final AnswerWait wait;
    private final Exchange exchange;
    private final FailureLog log;

    UpstreamBody(
            Framing framing,
            UpstreamLease lease,
            Duration keepAlive,
            @Nullable RequestPump pump,
            AnswerWait wait,
            Exchange exchange,
            FailureLog log) {
        this.framing = framing;
        this.lease = lease;
        this.keepAlive = keepAlive;
        this.pump = pump;
        in = BodyInput.of(framing, lease.connection().in());
        this.wait = wait;
        this.exchange = exchange;
        this.log = log;
        if (in.ended()) {
            end();
        }
    }

    @Override
    public long length() {
        return switch (framing) {
            case Framing.None() -> 0;
            case Framing.Length(long bytes) -> bytes;
            case Framing.Chunked(), Framing.UntilClose() -> UNKNOWN;
        };
    }

    @Override
    public InputStream stream() {
        return new Stream();
    }

    private final class Stream extends PieceStream implements ByteSource {

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            return next(() -> in.read(target, offset, length));
        }

        @Override
        public boolean direct() {
            return in.direct();
        }

        @Override
        public int read(ByteBuffer target) throws IOException {
            return next(() -> in.read(target));
        }

        @Override
        public int available() throws IOException {
            return in.available();
        }
    }

    /** One read, which may wait. */
    private interface Reading {
        int read() throws IOException;
    }

    @Override
    public Headers trailers() {
        return in instanceof ChunkedInput chunked ? Trailers.relayed(chunked.trailers()) : new Headers();
    }

    @Override
    public void close() {
        lease.discard();
    }

    private int next(Reading source) throws IOException {
        if (in.ended()) {
            return -1;
        }
        try {
            if (in.available() == 0) {
                lease.connection().readUntil(wait.pieceDue());
            }
            int count = source.read();
            if (in.ended()) {
                end();
            }
            return count;
        } catch (IOException e) {
            var reason = wait.withinBody(exchange, e);
            exchange.cut(reason);
            log.tell(exchange, lease + " broke off in the response body: " + e.getMessage());
            lease.brokeOff(reason);
            throw e;
        }
    }

    private void end() {
        lease.completed();
        boolean clean =
                !keepAlive.isZero() && lease.connection().in().buffered() == 0 && (pump == null || pump.sent(MOMENT));
        if (clean) {
            lease.giveBack(keepAlive);
        } else {
            lease.discard();
        }
    }
}
