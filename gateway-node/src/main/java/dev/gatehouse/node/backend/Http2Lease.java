package dev.gatehouse.node.backend;

import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.node.backend.balance.Pick;
import dev.gatehouse.node.backend.http2.Http2Connection;
import dev.gatehouse.node.backend.http2.Http2Stream;
import dev.gatehouse.node.exchange.Headers;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A place for one exchange. However often it is given up, the pool learns of it once. */
final class Http2Lease {

    private final Http2Pool pool;
    private final Http2Connection connection;
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile @Nullable Http2Stream stream;
    /** Ends with the lease; null when it has ended. */
    private volatile @Nullable Pick<?> pick;

    Http2Lease(Http2Pool pool, Http2Connection connection) {
        this.pool = pool;
        this.connection = connection;
    }

    /** The pick that ends with it. */
    Http2Lease of(Pick<?> owner) {
        pick = owner;
        return this;
    }

    /** @param last whether there is no body */
    Http2Stream begin(Headers head, boolean last) throws IOException {
        var begun = connection.begin(head, last);
        stream = begun;
        return begun;
    }

    /** It did not answer in time. */
    void doubt() {
        connection.doubt();
    }

    /** The exchange is over; when it is not complete, the service is told to stop. */
    void end() {
        if (ended.compareAndSet(false, true)) {
            var begun = stream;
            if (begun != null) {
                begun.close();
            }
            pool.release(connection);
            var ending = pick;
            pick = null;
            if (ending != null) {
                ending.end();
            }
        }
    }

    /** The whole of the answer is here. */
    void completed() {
        var ending = pick;
        if (ending != null) {
            ending.completed();
        }
    }

    /** The answer broke off behind its head, for that reason, and not because the lease was given up. */
    void brokeOff(Refusal reason) {
        var ending = pick;
        if (ending != null) {
            ending.brokeOff(reason);
        }
        end();
    }

    /** Where it leads, for the log. */
    @Override
    public String toString() {
        return pool.toString();
    }
}
