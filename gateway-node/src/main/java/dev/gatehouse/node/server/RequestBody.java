package dev.gatehouse.node.server;

import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.node.exchange.Body;
import dev.gatehouse.node.exchange.RefusedException;
import dev.gatehouse.node.exchange.Rejection;
import dev.gatehouse.node.wire.BodyInput;
import dev.gatehouse.node.wire.ChunkedInput;
import dev.gatehouse.node.wire.Framing;
import dev.gatehouse.node.wire.WireException;
import dev.gatehouse.node.wire.WireInput;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A request's body, and the proof that nothing of it is left on the connection before the next request is read. An
 * upload may still be pumped by another thread while the response is written, hence the lock.
 */
final class RequestBody implements Body {

    private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    /** What is worth reading to keep a connection whose request was answered early. */
    static final int DRAIN = 64 << 10;

    private final Framing framing;
    private final BodyInput in;
    private final WireInput wire;
    private final ConnectionStreams streams;
    private final OutputStream out;
    private final Duration stall;
    private final long max;
    private final ReentrantLock reading = new ReentrantLock();
    private final ReentrantLock interim = new ReentrantLock();
    private boolean mayContinue;
    private boolean answering;
    private volatile boolean closed;
    private long taken;

    /**
     * A body still to be read.
     *
     * @param mayContinue whether the client waits for 100 Continue
     * @throws WireException when what is here of it is malformed
     */
    RequestBody(
            Framing framing, WireInput wire, ConnectionStreams streams, boolean mayContinue, ListenerSettings settings)
            throws WireException {
        if (framing instanceof Framing.Chunked) {
            // before anything of the request goes anywhere
            ChunkedInput.check(wire);
        }
        this.framing = framing;
        this.wire = wire;
        this.streams = streams;
        this.mayContinue = mayContinue;
        in = BodyInput.of(framing, wire);
        out = streams.output();
        stall = settings.stall();
        max = settings.maxBody();
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
        return new InputStream() {
            @Override
            public int read() throws IOException {
                var one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

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
    public void close() {
        closed = true;
    }

    /** Whether this body was read to its end. */
    boolean complete() {
        if (!reading.tryLock()) {
            return false;
        }
        try {
            return in.ended();
        } finally {
            reading.unlock();
        }
    }

    /** Whether {@link #drain} is likely to reach the end soon, so that the connection can be promised to stay. */
    boolean drainable() {
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

    /** From here on no 100 Continue may be sent: a final answer is on its way. */
    void answering() {
        interim.lock();
        try {
            answering = true;
        } finally {
            interim.unlock();
        }
    }

    /** Reads and forgets the rest, at most {@code limit} bytes. False when the end was not reached. */
    boolean drain(long limit) {
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

    private int readNext(byte[] target, int offset, int length) throws IOException {
        if (in.ended()) {
            return -1;
        }
        if (closed) {
            throw new IOException("the request body was given up");
        }
        askForBody();
        streams.readWithin(stall);
        int count;
        try {
            count = in.read(target, offset, length);
        } finally {
            streams.readForever();
        }
        taken += Math.max(0, count);
        if (taken > max) {
            throw new RefusedException(tooLarge(max));
        }
        return count;
    }

    private void askForBody() throws IOException {
        if (!mayContinue) {
            return;
        }
        interim.lock();
        try {
            if (wire.buffered() == 0) {
                if (answering) {
                    throw new IOException("the request was answered before its body was asked for");
                }
                out.write(CONTINUE);
            }
            mayContinue = false;
        } finally {
            interim.unlock();
        }
    }

    static Rejection tooLarge(long max) {
        return Rejection.of(Refusal.BODY_TOO_LARGE, "The body may have at most " + max + " bytes.");
    }
}
