package dev.gatehouse.node.backend;

import dev.gatehouse.node.backend.http2.Http2Connection;
import dev.gatehouse.node.backend.http2.Liveness;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP/2 connections to one destination. Requests share one for as long as it takes them; another is opened when all
 * are full, one at a time, so that a burst does not open as many as it has requests.
 */
final class Http2Pool {

    private static final int BUFFER = 16 << 10;

    private final Destination destination;
    private final Connector connector;
    private final PoolLimits limits;
    private final Liveness liveness;
    private final Absence absence;
    private final Semaphore turns;
    private final List<Http2Connection> connections = new ArrayList<>();
    private volatile long latest = System.nanoTime();
    private boolean opening;
    private boolean closed;

    Http2Pool(Destination destination, Connector connector, PoolLimits limits, Liveness liveness) {
        this.destination = destination;
        this.connector = connector;
        this.limits = limits;
        this.liveness = liveness;
        absence = new Absence(limits.absence());
        turns = new Semaphore(limits.busy(), true);
    }

    /** As below, and a place is waited for. */
    Http2Lease take(boolean fresh, Duration time) throws UpstreamFailure {
        return take(fresh, true, time);
    }

    /**
     * A place for one exchange, which must be released.
     *
     * @param fresh whether no connection that was used before will do
     * @param patient whether a place is waited for where all are taken
     * @param time for the wait and for connecting together
     */
    Http2Lease take(boolean fresh, boolean patient, Duration time) throws UpstreamFailure {
        long due = System.nanoTime() + time.toNanos();
        boolean taken = false;
        boolean turn = false;
        try {
            turn = turns.tryAcquire(patient ? time.toNanos() : 0, TimeUnit.NANOSECONDS);
            if (!turn) {
                throw busy(limits.busy() + " requests to " + destination + " are running", null);
            }
            var lease = new Http2Lease(this, place(fresh, patient, due));
            taken = true;
            return lease;
        } catch (IOException e) {
            throw new UpstreamFailure(
                    UpstreamFailure.Kind.UNREACHABLE, "cannot connect to " + destination + ": " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw busy("interrupted while waiting for a connection to " + destination, e);
        } finally {
            if (turn && !taken) {
                turns.release();
            }
        }
    }

    void release(Http2Connection connection) {
        connection.release();
        latest = System.nanoTime();
        turns.release();
    }

    /** How many requests more it takes at the moment. */
    int free() {
        return turns.availablePermits();
    }

    /** When a place came back last, on the clock of {@link System#nanoTime}. */
    long latest() {
        return latest;
    }

    /** Asks after those that are in use, and closes those that rested too long. */
    void sweep() {
        long now = System.nanoTime();
        for (var connection : snapshot()) {
            connection.check(now);
            if (connection.expired(now, limits.rest().toNanos(), limits.age().toNanos())) {
                connection.retire();
            }
        }
        synchronized (this) {
            connections.removeIf(Http2Connection::closed);
        }
    }

    /** Whether no connection is open, once {@link #sweep} has looked. */
    synchronized boolean empty() {
        return connections.isEmpty() && !opening;
    }

    /** What runs on its connections may end. */
    void close() {
        synchronized (this) {
            closed = true;
        }
        snapshot().forEach(Http2Connection::retire);
    }

    @Override
    public String toString() {
        return destination.toString();
    }

    /** A connection that somebody opens is waited for in any case: that is no wait for a place, but for the service. */
    private Http2Connection place(boolean fresh, boolean patient, long due)
            throws IOException, InterruptedException, UpstreamFailure {
        synchronized (this) {
            while (true) {
                connections.removeIf(Http2Connection::closed);
                boolean room = !opening && connections.size() < limits.busy();
                var connection = fresh && room ? null : reserved();
                if (connection != null) {
                    return connection;
                }
                if (room) {
                    opening = true;
                    break;
                }
                long left = due - System.nanoTime();
                if (left <= 0 || (!patient && !opening)) {
                    throw busy("no stream to " + destination + " is free", null);
                }
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        }
        return open(due);
    }

    private Http2Connection open(long due) throws IOException, UpstreamFailure {
        Http2Connection connection = null;
        try {
            var socket = connector.open(destination, absence, due);
            socket.readWithoutEnd();
            var in = new BufferedInputStream(socket.stream(), BUFFER);
            connection = Http2Connection.open(in, socket.out(), socket::close, this::changed, liveness, due);
            if (!connection.reserve()) {
                connection.close();
                throw new IOException("it takes no streams");
            }
            return connection;
        } finally {
            synchronized (this) {
                opening = false;
                if (connection != null) {
                    connections.add(connection);
                    if (closed) {
                        connection.retire();
                    }
                }
                notifyAll();
            }
        }
    }

    private @Nullable Http2Connection reserved() {
        for (var connection : connections) {
            if (connection.reserve()) {
                return connection;
            }
        }
        return null;
    }

    private synchronized List<Http2Connection> snapshot() {
        return List.copyOf(connections);
    }

    private synchronized void changed() {
        notifyAll();
    }

    private static UpstreamFailure busy(String message, @Nullable Exception cause) {
        return new UpstreamFailure(UpstreamFailure.Kind.BUSY, message, cause);
    }
}
