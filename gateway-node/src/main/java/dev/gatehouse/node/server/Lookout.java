package dev.gatehouse.node.server;

import dev.gatehouse.node.exchange.Exchange;
import java.io.IOException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Learns that a client has gone while its answer is slow in coming: a channel tells that only to who reads from it. So
 * the connection's clock has it read on, which costs a quick answer nothing; what comes instead of an end is the
 * beginning of the next request.
 */
final class Lookout {

    private static final long SLOW_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final ConnectionStreams streams;
    private final AtomicReference<@Nullable Exchange> answered = new AtomicReference<>();
    private @Nullable ClientBody body;
    private boolean begun;
    /** Of the clock, until it has taken what is being answered. */
    private @Nullable FutureTask<Boolean> reading;

    Lookout(ConnectionStreams streams) {
        this.streams = streams;
    }

    /** From here on nobody reads from the connection once the body has ended. */
    void begin(Exchange exchange, ClientBody upload) {
        body = upload;
        begun = true;
        answered.set(exchange);
    }

    /** From here on the connection's own thread reads, after what is read here. */
    void end() {
        if (begun && answered.getAndSet(null) == null && reading != null) {
            streams.continueAfter(reading);
        }
        begun = false;
    }

    /** By the clock. */
    void check(long now) {
        var exchange = answered.get();
        var upload = body;
        if (exchange == null || upload == null || now - exchange.began() < SLOW_NANOS || !upload.ended()) {
            return;
        }
        if (!streams.share()) {
            return;
        }
        var task = new FutureTask<>(() -> read(exchange));
        reading = task;
        if (answered.compareAndSet(exchange, null)) {
            Thread.ofVirtual().name("lookout").start(task);
        }
    }

    private boolean read(Exchange exchange) throws IOException {
        boolean came = false;
        try {
            came = streams.await();
            return came;
        } finally {
            if (!came && !streams.late()) {
                exchange.abandon();
            }
        }
    }
}
