package dev.gatehouse.node.backend;

import dev.gatehouse.node.exchange.Body;
import dev.gatehouse.node.wire.BodyWriter;
import dev.gatehouse.node.wire.HeadBuffer;
import dev.gatehouse.node.wire.Trailers;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Sends a request with a body, on a thread of its own: a service may answer, or refuse, before it has read it all. */
final class RequestPump {

    private final UpstreamConnection connection;
    private final CountDownLatch done = new CountDownLatch(1);
    private volatile long progress = System.nanoTime();
    private volatile boolean awaitsClient;
    private volatile boolean sent;
    private volatile @Nullable Exception clientFailure;

    private RequestPump(UpstreamConnection connection) {
        this.connection = connection;
    }

    static RequestPump start(HeadBuffer head, Body body, UpstreamConnection connection) {
        var pump = new RequestPump(connection);
        Thread.ofVirtual().name("upload").start(() -> pump.run(head, body));
        return pump;
    }

    /** When the client last gave something to send, on the clock of {@link System#nanoTime}. */
    long progress() {
        return progress;
    }

    /** Whether the client has the next move: the service took all there was. */
    boolean awaitsClient() {
        return awaitsClient;
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

    /** Why the client's body could not be read; null when it could, so far. */
    @Nullable
    Exception clientFailure() {
        return clientFailure;
    }

    private void run(HeadBuffer head, Body body) {
        try {
            var writer = new BodyWriter(connection.out());
            var in = new ClientInput(body.stream());
            if (body.length() >= 0) {
                writer.length(head, in, body.length());
            } else {
                writer.chunked(head, in, () -> Trailers.relayed(body.trailers()));
            }
            sent = true;
        } catch (IOException | RuntimeException e) {
            if (clientFailure != null) {
                // wakes the reader; half a request must not stay on a connection
                connection.close();
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
