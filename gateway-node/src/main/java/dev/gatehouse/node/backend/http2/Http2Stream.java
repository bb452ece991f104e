package dev.gatehouse.node.backend.http2;

import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.wire.http2.ErrorCode;
import dev.gatehouse.node.wire.http2.Frame;
import dev.gatehouse.node.wire.http2.Http2Exception;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One exchange. One thread receives, perhaps another sends, any may give it up; the connection's own thread brings what
 * comes. Times are on the clock of {@link System#nanoTime}.
 */
public final class Http2Stream {

    /** Interim answers; a peer that sends more is looping. */
    private static final int INTERIM = 16;

    /** An interim or the final answer. */
    public record Head(int status, Headers headers, boolean last) {}

    private final Http2Connection connection;
    private final int id;
    private final ArrayDeque<Head> heads = new ArrayDeque<>();
    private final StreamBuffer received = new StreamBuffer();
    private Headers trailers = new Headers();
    private int interim;
    private boolean answered;
    private boolean receivedAll;
    private boolean sentAll;
    private int window = Frame.WINDOW;
    private int consumed;
    private @Nullable IOException failure;
    private volatile @Nullable IOException unwritable;

    /** Belongs to {@link SendWindow}. */
    long sendWindow;

    Http2Stream(Http2Connection connection, int id, boolean sentAll) {
        this.connection = connection;
        this.id = id;
        this.sentAll = sentAll;
    }

    /**
     * The next answer: interim ones, then the final one.
     *
     * @throws StreamResetException when the peer gave the stream up
     * @throws SocketTimeoutException when it did not come until then
     */
    public synchronized Head head(long due) throws IOException {
        while (heads.isEmpty()) {
            await(due);
        }
        return heads.poll();
    }

    /** Body bytes that are here already. */
    public synchronized int available() {
        return received.size();
    }

    /** As {@link java.io.InputStream#read(byte[], int, int)}; what was read makes room for more. */
    public int read(byte[] target, int offset, int length, long due) throws IOException {
        int count;
        int credit;
        synchronized (this) {
            while (received.size() == 0) {
                if (receivedAll) {
                    return -1;
                }
                await(due);
            }
            count = received.take(target, offset, length);
            credit = consume(count);
        }
        connection.credit(id, credit);
        return count;
    }

    /** None before the body has ended. */
    public synchronized Headers trailers() {
        return trailers;
    }

    /** Waits until the peer has room for it. */
    public void write(byte[] source, int offset, int length) throws IOException {
        for (int sent = 0; sent < length; ) {
            sent += connection.data(this, source, offset + sent, length - sent);
        }
    }

    /** The request is complete. */
    public void end(Headers trailers) throws IOException {
        synchronized (this) {
            sentAll = true;
        }
        connection.end(this, trailers);
    }

    /** No more of it, whatever is missing: the peer is told unless both sides were at their end. */
    public void close() {
        boolean tell;
        synchronized (this) {
            tell = failure == null && !(receivedAll && sentAll);
            fail(new IOException("the exchange was given up"));
        }
        connection.forget(id, tell);
    }

    int id() {
        return id;
    }

    /** Of headers that are malformed the stream alone dies. */
    synchronized void headers(@Nullable Headers decoded, boolean last) throws Http2Exception {
        requireOpen();
        if (decoded == null) {
            throw Http2Exception.connection(ErrorCode.ENHANCE_YOUR_CALM, "the header fields are too large");
        }
        if (answered) {
            if (!last) {
                throw Http2Exception.connection(ErrorCode.PROTOCOL_ERROR, "trailers must be the end");
            }
            trailers = FieldRules.regular(decoded, true);
        } else {
            int status = FieldRules.status(decoded);
            answered = status >= 200;
            if (!answered && (last || ++interim > INTERIM)) {
                throw Http2Exception.connection(ErrorCode.PROTOCOL_ERROR, "interim answers without a final one");
            }
            heads.add(new Head(status, FieldRules.regular(decoded, false), last));
        }
        receivedAll = last;
        notifyAll();
    }

    /** @param padding bytes that count for flow control and are nothing */
    void data(byte[] source, int from, int to, int padding, boolean last) throws IOException {
        int credit;
        synchronized (this) {
            requireOpen();
            if (!answered) {
                throw Http2Exception.connection(ErrorCode.PROTOCOL_ERROR, "a body before the head");
            }
            window -= to - from + padding;
            if (window < 0) {
                throw Http2Exception.connection(ErrorCode.FLOW_CONTROL_ERROR, "more than the window takes");
            }
            received.put(source, from, to - from);
            receivedAll = last;
            credit = consume(padding);
            notifyAll();
        }
        connection.credit(id, credit);
    }

    /** After a whole answer it only says that the rest of the request is not wanted: RFC 9113, 8.1. */
    void reset(ErrorCode code) {
        var reset = StreamResetException.by(code);
        synchronized (this) {
            if (receivedAll) {
                sentAll = true;
                unwritable = reset;
                return;
            }
            fail(reset);
        }
    }

    synchronized void fail(IOException cause) {
        if (failure == null) {
            failure = cause;
            unwritable = cause;
        }
        notifyAll();
    }

    /** The number to send on; 0 when nothing may be sent any more. */
    int writableId() {
        return unwritable == null ? id : 0;
    }

    void requireWritable() throws IOException {
        var cause = unwritable;
        if (cause != null) {
            throw cause;
        }
    }

    private void requireOpen() throws Http2Exception {
        if (receivedAll) {
            throw Http2Exception.connection(ErrorCode.STREAM_CLOSED, "more after the end");
        }
    }

    /** Returns what the peer is to be granted anew: seldom, and then much. */
    private int consume(int count) {
        consumed += count;
        if (receivedAll || consumed < Frame.WINDOW / 2) {
            return 0;
        }
        int credit = consumed;
        window += credit;
        consumed = 0;
        return credit;
    }

    private void await(long due) throws IOException {
        if (failure != null) {
            throw failure;
        }
        long left = due - System.nanoTime();
        if (left <= 0) {
            throw new SocketTimeoutException("the time to read is over");
        }
        try {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for the service", e);
        }
    }
}
