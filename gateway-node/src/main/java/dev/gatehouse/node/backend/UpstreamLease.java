package dev.gatehouse.node.backend;

import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.node.backend.balance.Pick;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A connection for one exchange. However often it is given up, the pool learns of it once. */
final class UpstreamLease {

    private final UpstreamPool pool;
    private final UpstreamConnection connection;
    /** Ends with the lease; null when it has ended. */
    private final AtomicReference<@Nullable Pick<?>> pick;

    private boolean tunnel;

    UpstreamLease(UpstreamPool pool, UpstreamConnection connection, Pick<?> pick) {
        this.pool = pool;
        this.connection = connection;
        this.pick = new AtomicReference<>(pick);
    }

    UpstreamConnection connection() {
        return connection;
    }

    /** The exchange is over and the connection may serve another, for that long. */
    void giveBack(Duration keepAlive) {
        var ending = pick.getAndSet(null);
        if (ending != null) {
            pool.giveBack(connection, keepAlive);
            ending.end();
        }
    }

    void discard() {
        var ending = pick.getAndSet(null);
        if (ending != null) {
            if (tunnelled()) {
                pool.discardTunnel(connection);
            } else {
                pool.discard(connection);
            }
            ending.end();
        }
    }

    /** The whole of the answer is here. */
    void completed() {
        var ending = pick.get();
        if (ending != null) {
            ending.completed();
        }
    }

    /** The answer broke off behind its head, for that reason, and not because the lease was given up. */
    void brokeOff(Refusal reason) {
        var ending = pick.get();
        if (ending != null) {
            ending.brokeOff(reason);
        }
        discard();
    }

    /** The connection goes on in another protocol, for one client alone. False: too many do already, or it was given up. */
    synchronized boolean toTunnel() {
        tunnel = pick.get() != null && pool.toTunnel();
        return tunnel;
    }

    private synchronized boolean tunnelled() {
        return tunnel;
    }

    /** Where it leads, for the log. */
    @Override
    public String toString() {
        return pool.toString();
    }
}
