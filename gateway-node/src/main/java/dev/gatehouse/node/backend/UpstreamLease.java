package dev.gatehouse.node.backend;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/** A connection for one exchange. However often it is given up, the pool learns of it once. */
final class UpstreamLease {

    private final UpstreamPool pool;
    private final UpstreamConnection connection;
    private volatile boolean tunnel;
    private final AtomicBoolean ended = new AtomicBoolean();

    UpstreamLease(UpstreamPool pool, UpstreamConnection connection) {
        this.pool = pool;
        this.connection = connection;
    }

    UpstreamConnection connection() {
        return connection;
    }

    /** The exchange is over and the connection may serve another, for that long. */
    void giveBack(Duration keepAlive) {
        if (ended.compareAndSet(false, true)) {
            pool.giveBack(connection, keepAlive);
        }
    }

    void discard() {
        if (ended.compareAndSet(false, true)) {
            if (tunnel) {
                pool.discardTunnel(connection);
            } else {
                pool.discard(connection);
            }
        }
    }

    /** The connection goes on in another protocol, for one client alone. False: too many do already. */
    boolean toTunnel() {
        tunnel = pool.toTunnel();
        return tunnel;
    }

    /** Where it leads, for the log. */
    @Override
    public String toString() {
        return pool.toString();
    }
}
