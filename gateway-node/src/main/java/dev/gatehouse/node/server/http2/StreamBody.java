package dev.gatehouse.node.server.http2;

import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.node.exchange.Body;
import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.exchange.PieceStream;
import dev.gatehouse.node.exchange.RefusedException;
import dev.gatehouse.node.exchange.Rejection;
import dev.gatehouse.node.wire.Trailers;
import dev.gatehouse.node.wire.http2.ErrorCode;
import dev.gatehouse.node.wire.http2.Http2Exception;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A request's body: the connection's thread puts in what arrives, the handler's takes it out. What is in between is
 * bounded by the stream's window, which opens as the body is read.
 */
final class StreamBody implements Body {

    /** The window that every stream begins with: RFC 9113, 6.9.2. */
    private static final int WINDOW = 65_535;

    /** The window of a body that has proved to be read: enough for 20 Mbit/s over 100 ms. */
    private static final int WIDE = 256 << 10;

    private static final Rejection LATE = Rejection.of(
            Refusal.REQUEST_TIMEOUT, "The request body did not arrive in time, or came slower than the minimum rate.");

    /** What the body needs of its stream. */
    interface Link {

        /** The client may send that much more of this stream. */
        void more(int octets) throws IOException;

        /** That much of the connection's window is free again. */
        void dealtWith(int octets) throws IOException;

        /** Asks for a body that waits for it: RFC 9110, 10.1.1. */
        void proceed();
    }

    private final Link link;
    private final Wait patience;
    private final BodyMemory memory;
    private final long declared;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final BodyRing ring = new BodyRing();
    private final Headers trailers = new Headers();
    private boolean waiting;
    private boolean complete;
    private boolean closed;
    private @Nullable IOException failure;
    private long received;
    private LongSupplier nanosLeft = () -> Long.MAX_VALUE;
    private int window = WINDOW;
    private int breadth = WINDOW;
    /** Taken out and not yet told to the client. */
    private int owed;
    /** Of what is in the ring: how much the connection's window still lacks. */
    private int charged;

    /**
     * @param declared bytes, or {@link Body#UNKNOWN}
     * @param waiting whether the client waits for leave to send
     */
    StreamBody(Link link, Wait patience, BodyMemory memory, long declared, boolean waiting) {
        this.link = link;
        this.patience = patience;
        this.memory = memory;
        this.declared = declared;
        this.waiting = waiting;
    }

    @Override
    public long length() {
        return declared;
    }

    @Override
    public Headers trailers() {
        lock.lock();
        try {
            return complete && ring.count() == 0 ? Trailers.relayed(trailers) : new Headers();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public InputStream stream() {
        return new PieceStream() {
            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                return length == 0 ? 0 : StreamBody.this.read(target, offset, length);
            }

            @Override
            public int available() {
                lock.lock();
                try {
                    return ring.count();
                } finally {
                    lock.unlock();
                }
            }
        };
    }

    /** Until the request is answered, no read may last longer than that. */
    void within(LongSupplier nanos) {
        lock.lock();
        try {
            nanosLeft = nanos;
        } finally {
            lock.unlock();
        }
    }

    /** Nobody reads on; what arrives from now on is forgotten. */
    @Override
    public void close() {
        fail(new IOException("the request body was given up"));
    }

    /** Every read from now on throws it, unless the body was read to its end. */
    void fail(IOException reason) {
        int free;
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            if (!complete || ring.count() > 0) {
                failure = reason;
            }
            memory.give(ring.count());
            ring.clear();
            free = charged;
            charged = 0;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            link.dealtWith(free);
        } catch (IOException e) {
            // the connection is gone, and its window with it
        }
    }

    /**
     * What a DATA frame brought.
     *
     * @param frame octets that count for flow control, padding included
     */
    void add(int stream, byte[] source, int offset, int length, int frame) throws IOException {
        int free = frame - length;
        lock.lock();
        try {
            window -= frame;
            if (window < 0) {
                throw Http2Exception.stream(
                        stream, ErrorCode.FLOW_CONTROL_ERROR, "more was sent than the stream's window allows");
            }
            received += length;
            if (declared >= 0 && received > declared) {
                throw Http2Exception.stream(stream, ErrorCode.PROTOCOL_ERROR, "more was sent than Content-Length says");
            }
            owed += free;
            if (closed) {
                free = frame;
            } else if (length > 0) {
                if (!memory.take(length)) {
                    throw Http2Exception.stream(
                            stream, ErrorCode.ENHANCE_YOUR_CALM, "the gateway holds too much that is unread");
                }
                ring.add(source, offset, length);
                if (memory.plenty()) {
                    free = frame;
                } else {
                    charged += length;
                }
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
        link.dealtWith(free);
    }

    /** The client has sent everything. */
    void end(int stream, Headers fields) throws Http2Exception {
        lock.lock();
        try {
            if (declared >= 0 && received != declared) {
                throw Http2Exception.stream(stream, ErrorCode.PROTOCOL_ERROR, "less was sent than Content-Length says");
            }
            trailers.addAll(fields);
            complete = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private int read(byte[] target, int offset, int length) throws IOException {
        int count;
        int free;
        int grant = 0;
        ask();
        lock.lock();
        try {
            await();
            if (ring.count() == 0) {
                return -1;
            }
            count = ring.take(target, offset, length);
            memory.give(count);
            patience.waited(0, count);
            free = Math.min(charged, count);
            charged -= free;
            owed += count;
            if (!complete && owed >= breadth / 2) {
                grant = owed + WIDE - breadth;
                breadth = WIDE;
                owed = 0;
                window += grant;
            }
        } finally {
            lock.unlock();
        }
        link.dealtWith(free);
        if (grant > 0) {
            link.more(grant);
        }
        return count;
    }

    private void ask() {
        boolean proceed;
        lock.lock();
        try {
            proceed = waiting && received == 0 && !complete && !closed;
            waiting = false;
        } finally {
            lock.unlock();
        }
        if (proceed) {
            link.proceed();
        }
    }

    /** Until there is something to take, or nothing will come. */
    private void await() throws IOException {
        while (failure == null && ring.count() == 0 && !complete) {
            long began = System.nanoTime();
            long left = Math.min(patience.left(), nanosLeft.getAsLong());
            if (left <= 0) {
                throw new RefusedException(LATE);
            }
            try {
                changed.await(left, TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
            patience.waited(System.nanoTime() - began, 0);
        }
        if (failure != null) {
            throw new IOException(failure.getMessage(), failure);
        }
    }
}
