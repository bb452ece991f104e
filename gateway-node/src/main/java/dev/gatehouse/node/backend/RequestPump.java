package dev.gatehouse.node.backend;

import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.node.exchange.Body;
import dev.gatehouse.node.exchange.RefusedException;
import dev.gatehouse.node.exchange.Rejection;
import dev.gatehouse.node.wire.BodyWriter;
import dev.gatehouse.node.wire.HeadBuffer;
import dev.gatehouse.node.wire.Trailers;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Sends a request with a body, on a thread of its own: a service may answer, or refuse, before it has read it all. */
final class RequestPump {

    /** Where a request goes. */
    interface Sending {
        /** Sends the head where it was not sent yet, then all that the stream gives, then the trailers. */
        void send(InputStream body) throws IOException;
    }

    private static final Rejection CUT_SHORT =
            Rejection.of(Refusal.BAD_REQUEST, "The request body ended before it was complete.");

    private static final Rejection SLOW =
            Rejection.of(Refusal.REQUEST_TIMEOUT, "The request body did not arrive in time.");

    private final Runnable abort;
    private final CountDownLatch done = new CountDownLatch(1);
    private volatile long progress = System.nanoTime();
    private volatile boolean awaitsClient;
    private volatile boolean sent;
    private volatile @Nullable Exception clientFailure;

    private RequestPump(Runnable abort) {
        this.abort = abort;
    }

    /** @param abort when the client's body fails: half a request must not look like a whole one, and the reader wakes */
    static RequestPump start(Body body, Sending sending, Runnable abort) {
        var pump = new RequestPump(abort);
        Thread.ofVirtual().name("upload").start(() -> pump.run(body, sending));
        return pump;
    }

    /** Over HTTP/1.1, the head included. */
    static RequestPump start(HeadBuffer head, Body body, UpstreamConnection connection) {
        var writer = new BodyWriter(connection.out());
        return start(
                body,
                in -> {
                    if (body.length() >= 0) {
                        writer.length(head, in, body.length());
                    } else {
                        writer.chunked(head, in, () -> Trailers.relayed(body.trailers()));
                    }
                },
                connection::close);
    }

    /** When the client last gave something to send, on the clock of {@link System#nanoTime}. */
    long progress() {
        return progress;
    }

    /** Whether the whole request was sent; waits a moment for a pump that is about to see it. */
    boolean sent(Duration wait) {
        try {
            return done.await(wait.toNanos(), TimeUnit.NANOSECONDS) && sent;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * Whether the client is to blame for what went wrong.
     *
     * @throws RefusedException when it is: its body could not be read, or it had the next move and time was up
     */
    void blame(IOException failure) throws RefusedException {
        var cause = clientFailure;
        if (cause != null) {
            throw cause instanceof RefusedException refused ? refused : new RefusedException(CUT_SHORT);
        }
        if (failure instanceof SocketTimeoutException && awaitsClient) {
            throw new RefusedException(SLOW);
        }
    }

    private void run(Body body, Sending sending) {
        try {
            sending.send(new ClientInput(body.stream()));
            sent = true;
        } catch (IOException | RuntimeException e) {
            if (clientFailure != null) {
                abort.run();
            }
            // else the service stopped reading, and may well have said why: that is for the reader to find
        } finally {
            done.countDown();
        }
    }

    private final class ClientInput extends FilterInputStream {

        ClientInput(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            try {
                awaitsClient = true;
                int count = super.read(target, offset, length);
                progress = System.nanoTime();
                awaitsClient = false;
                return count;
            } catch (IOException | RuntimeException e) {
                clientFailure = e;
                throw e;
            }
        }
    }
}
