package dev.gatehouse.node.server;

import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.exchange.PieceStream;
import dev.gatehouse.node.exchange.RefusedException;
import dev.gatehouse.node.exchange.Rejection;
import dev.gatehouse.node.wire.BodyInput;
import dev.gatehouse.node.wire.ChunkedInput;
import dev.gatehouse.node.wire.Framing;
import dev.gatehouse.node.wire.Trailers;
import dev.gatehouse.node.wire.WireInput;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * A request's body, and the proof that nothing of it is left on the connection before the next request is read. An
 * upload may still be pumped by another thread while the response is written, hence the lock.
 */
final class RequestBody implements ClientBody {

    /** What is worth reading to keep a connection whose request was answered early. */
    static final int DRAIN = 64 << 10;

    private static final Rejection LATE = Rejection.of(
            Refusal.REQUEST_TIMEOUT, "The request body did not arrive in time, or came slower than the minimum rate.");

    private final Framing framing;
    private final BodyInput in;
    private final WireInput wire;
    private final ConnectionStreams streams;
    private final InterimAnswers interim;
    private final Patience patience;
    private final ReentrantLock reading = new ReentrantLock();
    private boolean mayContinue;
    private volatile LongSupplier nanosLeft = () -> Long.MAX_VALUE;
    private volatile boolean closed;
    private volatile boolean read;
    private long taken;

    /**
     * A body still to be read.
     *
     * @param mayContinue whether the client waits for 100 Continue
     */
    RequestBody(
            Framing framing,
            WireInput wire,
            ConnectionStreams streams,
            InterimAnswers interim,
            boolean mayContinue,
            Patience patience) {
        this.framing = framing;
        this.wire = wire;
        this.streams = streams;
        this.interim = interim;
        this.mayContinue = mayContinue;
        this.patience = patience;
        in = BodyInput.of(framing, wire);
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
        return new PieceStream() {
            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                reading.lock();
                try {
                    return readNext(target, offset, length);
                } finally {
                    reading.unlock();
                }
            }

            @Override
            public int available() throws IOException {
                return reading.isLocked() ? 0 : in.available();
            }
        };
    }

    @Override
    public Headers trailers() {
        return in instanceof ChunkedInput chunked ? Trailers.relayed(chunked.trailers()) : new Headers();
    }

    @Override
    public void close() {
        closed = true;
    }

    @Override
    public void within(LongSupplier nanos) {
        nanosLeft = nanos;
    }

    @Override
    public boolean ended() {
        return read || length() == 0;
    }

    @Override
    public boolean complete() {
        if (!reading.tryLock()) {
            return false;
        }
        try {
            return in.ended();
        } finally {
            reading.unlock();
        }
    }

    @Override
    public boolean drainable() {
        if (!reading.tryLock()) {
            return false;
        }
        try {
            if (in.ended()) {
                return true;
            }
            // a client that was never told to go on may send its body or not: what comes next cannot be told apart
            return !mayContinue && framing instanceof Framing.Length(long bytes) && bytes - taken <= DRAIN;
        } finally {
            reading.unlock();
        }
    }

    @Override
    public void answering() {
        nanosLeft = () -> Long.MAX_VALUE;
    }

    @Override
    public boolean drain(long limit) {
        if (!reading.tryLock()) {
            return false;
        }
        try {
            var sink = new byte[8 << 10];
            for (long left = limit; left > 0 && !in.ended(); ) {
                left -= Math.max(0, in.read(sink, 0, sink.length));
            }
            return in.ended();
        } catch (IOException e) {
            return false;
        } finally {
            reading.unlock();
        }
    }

    @Override
    public void linger(long limit) {
        if (drain(limit) || !reading.tryLock()) {
            return;
        }
        try {
            var sink = new byte[8 << 10];
            long left = limit;
            for (int count; left > 0 && (count = wire.read(sink, 0, sink.length)) >= 0; ) {
                left -= count;
            }
        } catch (IOException e) {
            // gone
        } finally {
            reading.unlock();
        }
    }

    private int readNext(byte[] target, int offset, int length) throws IOException {
        if (in.ended()) {
            return -1;
        }
        if (closed) {
            throw new IOException("the request body was given up");
        }
        if (mayContinue) {
            // what is here already needs no invitation
            if (wire.buffered() == 0) {
                interim.goOn();
            }
            mayContinue = false;
        }
        long start = System.nanoTime();
        streams.readWithin(Math.min(patience.left(), nanosLeft.getAsLong()));
        int count;
        try {
            count = in.read(target, offset, length);
        } catch (SocketTimeoutException e) {
            throw new RefusedException(LATE);
        } finally {
            streams.readForever();
        }
        patience.waited(System.nanoTime() - start, Math.max(0, count));
        taken += Math.max(0, count);
        if (in.ended()) {
            read = true;
        }
        return count;
    }
}
