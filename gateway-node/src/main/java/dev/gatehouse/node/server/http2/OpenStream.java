package dev.gatehouse.node.server.http2;

import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.wire.http2.Http2Exception;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One request and its answer: what the connection's thread and the handler's know of it together. */
final class OpenStream {

    private final int id;
    private final SendWindow.OfStream window;
    private final Streams streams;
    private @Nullable StreamBody body;
    private @Nullable Exchange exchange;
    private @Nullable Thread thread;
    private boolean remoteEnded;
    private boolean localEnded;
    private volatile boolean reset;

    OpenStream(int id, SendWindow.OfStream window, Streams streams) {
        this.id = id;
        this.window = window;
        this.streams = streams;
    }

    int id() {
        return id;
    }

    SendWindow.OfStream window() {
        return window;
    }

    /** To be said before the stream is seen by another thread. */
    void body(StreamBody body) {
        this.body = body;
    }

    /** Null when the request has none. */
    @Nullable
    StreamBody body() {
        return body;
    }

    synchronized void remoteEnd() {
        remoteEnded = true;
    }

    synchronized boolean remoteEnded() {
        return remoteEnded;
    }

    /** Before the last frame goes out: once the client has seen that, it may open another stream in place of this one. */
    void answering() {
        streams.answered(this);
    }

    synchronized void localEnd() {
        localEnded = true;
    }

    synchronized boolean ended() {
        return reset || (remoteEnded && localEnded);
    }

    synchronized boolean answered() {
        return localEnded;
    }

    /** @throws IOException when nothing may be sent any more */
    void check() throws IOException {
        if (reset) {
            throw new IOException("the stream was reset");
        }
    }

    boolean wasReset() {
        return reset;
    }

    synchronized void running(Thread handler) {
        thread = handler;
    }

    /** What the handler is about to see; given up at once when the client was faster. */
    void exchange(Exchange begun) {
        boolean late;
        synchronized (this) {
            exchange = begun;
            late = reset;
        }
        if (body != null) {
            body.within(begun::nanosLeft);
        }
        if (late) {
            begun.abandon();
        }
    }

    /** Null before there is one. */
    synchronized @Nullable Exchange exchange() {
        return exchange;
    }

    /**
     * Wakes the handler, wherever it waits for the client.
     *
     * @return false when that had been done
     */
    boolean reset(String reason) {
        Exchange begun;
        synchronized (this) {
            if (reset) {
                return false;
            }
            reset = true;
            begun = exchange;
        }
        window.close();
        if (body != null) {
            body.fail(new IOException(reason));
        }
        if (begun != null) {
            begun.abandon();
        }
        return true;
    }

    synchronized void interrupt() {
        if (thread != null) {
            thread.interrupt();
        }
    }

    /** @param trailers none when a DATA frame was the last */
    void complete(Headers trailers) throws Http2Exception {
        if (body != null) {
            body.end(id, trailers);
        }
        remoteEnd();
    }
}
