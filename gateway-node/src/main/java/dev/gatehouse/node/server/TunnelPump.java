package dev.gatehouse.node.server;

import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Tunnel;
import dev.gatehouse.node.server.http2.ClientEnd;
import dev.gatehouse.node.wire.WireInput;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Carries bytes both ways between a client and a service until one side ends, both are silent for too long, the caller
 * may no longer be here, or the node stops. It says nothing of its own: what flows here are frames it does not know.
 */
final class TunnelPump {

    private static final System.Logger LOG = System.getLogger(TunnelPump.class.getName());

    /** What the other side may still send once one has ended. */
    private static final Duration LINGER = Duration.ofSeconds(2);

    private static final long ASK_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long CHECK_MILLIS = 500;
    private static final long NEVER = Long.MAX_VALUE;
    private static final int BUFFER = 8 << 10;

    private final Exchange exchange;
    private final Tunnel tunnel;
    private final ClientEnd client;
    private final long idleNanos;
    private final long stallNanos;
    private final Duration farewell;
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile long moved = System.nanoTime();
    private volatile long sendDue = NEVER;
    private volatile long endDue = NEVER;
    private long asked = moved;

    /** @param in what the client sends; holds what came right behind its request already */
    TunnelPump(Exchange exchange, Tunnel tunnel, WireInput in, ConnectionStreams streams, Deadlines deadlines) {
        this(exchange, tunnel, new ConnectionEnd(in, streams), deadlines);
    }

    TunnelPump(Exchange exchange, Tunnel tunnel, ClientEnd client, Deadlines deadlines) {
        this.exchange = exchange;
        this.tunnel = tunnel;
        this.client = client;
        idleNanos = TimeUnit.MILLISECONDS.toNanos(tunnel.idleMillis());
        stallNanos = deadlines.stall().toNanos();
        farewell = deadlines.farewell();
    }

    /** Returns when both directions are over. */
    void run() {
        var toClient = Thread.ofVirtual().name("tunnel").start(this::toClient);
        toService();
        try {
            toClient.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        end();
    }

    /** Calls {@link #check} until it is interrupted, where nobody else does. */
    void watch() {
        try {
            while (true) {
                Thread.sleep(CHECK_MILLIS);
                check(System.nanoTime());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Called again and again, by another thread. */
    void check(long now) {
        boolean over = now - moved > idleNanos || past(sendDue, now) || past(endDue, now);
        if (!over && now - asked >= ASK_NANOS) {
            asked = now;
            over = !exchange.admitted();
        }
        if (over) {
            // a farewell to the service may take its time
            Thread.startVirtualThread(this::end);
        }
    }

    /** The node stops. */
    void drain() {
        endWithin(farewell);
    }

    void end() {
        if (ended.compareAndSet(false, true)) {
            client.abort();
            tunnel.close();
        }
    }

    private void toService() {
        try {
            var buffer = new byte[BUFFER];
            var in = client.in();
            var out = tunnel.out();
            int count;
            while ((count = in.read(buffer)) >= 0) {
                sendDue = System.nanoTime() + stallNanos;
                out.write(buffer, 0, count);
                out.flush();
                sendDue = NEVER;
                moved = System.nanoTime();
            }
            tunnel.endOutput();
            endWithin(LINGER);
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.TRACE, "tunnel ended", e);
            end();
        }
    }

    private void toClient() {
        try {
            var buffer = new byte[BUFFER];
            var source = tunnel.in();
            var out = client.out();
            int count;
            while ((count = source.read(buffer)) >= 0) {
                out.write(buffer, 0, count);
                moved = System.nanoTime();
            }
            client.endOutput();
            endWithin(LINGER);
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.TRACE, "tunnel ended", e);
            end();
        }
    }

    private void endWithin(Duration time) {
        if (endDue == NEVER) {
            endDue = System.nanoTime() + time.toNanos();
        }
    }

    private static boolean past(long due, long now) {
        return due != NEVER && due - now < 0;
    }
}
