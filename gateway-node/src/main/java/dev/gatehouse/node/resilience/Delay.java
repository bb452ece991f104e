package dev.gatehouse.node.resilience;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How long a request waits until a thread runs for it, measured by one that does as requests do: a virtual thread that
 * waits for a byte. Neither CPU load nor the number of requests says that: a node may be busy with short queues, or idle
 * while many requests wait for services.
 */
final class Delay implements AutoCloseable {

    private static final long HERE = Long.MIN_VALUE;

    private final Pipe pipe;
    /** When the byte under way was sent. */
    private final AtomicLong sent = new AtomicLong(HERE);

    private volatile long last;

    Delay() throws IOException {
        pipe = Pipe.open();
        Thread.ofVirtual().name("delay").start(this::receive);
    }

    /** Sends a byte, unless one is under way. */
    void send() throws IOException {
        if (sent.compareAndSet(HERE, System.nanoTime())) {
            pipe.sink().write(ByteBuffer.allocate(1));
        }
    }

    /** Says how long the last byte took, or how long the one under way has been. */
    void tell(StandingQueue queue) {
        long now = System.nanoTime();
        long since = sent.get();
        if (since == HERE) {
            queue.came(last, now);
        } else {
            queue.waits(now - since);
        }
    }

    private void receive() {
        var buffer = ByteBuffer.allocate(1);
        try {
            while (pipe.source().read(buffer) >= 0) {
                last = System.nanoTime() - sent.get();
                sent.set(HERE);
                buffer.clear();
            }
        } catch (IOException e) {
            // closed
        }
    }

    @Override
    public void close() throws IOException {
        pipe.sink().close();
        pipe.source().close();
    }
}
