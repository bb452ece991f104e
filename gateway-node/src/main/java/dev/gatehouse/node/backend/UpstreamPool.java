package dev.gatehouse.node.backend;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The connections to one destination. The one used last is used next: under little load the others grow old and go, and
 * the one taken is the least likely to be stale.
 */
final class UpstreamPool {

    private final Destination destination;
    private final Connector connector;
    private final PoolLimits limits;
    private final Absence absence;
    private final Semaphore turns;
    private final Semaphore tunnels;
    private final Set<UpstreamConnection> open = ConcurrentHashMap.newKeySet();
    private final ArrayDeque<UpstreamConnection> idle = new ArrayDeque<>();
    private volatile long latest = System.nanoTime();
    private boolean closed;

    UpstreamPool(Destination destination, Connector connector, PoolLimits limits) {
        this.destination = destination;
        this.connector = connector;
        this.limits = limits;
        absence = new Absence(limits.absence());
        turns = new Semaphore(limits.busy(), true);
        tunnels = new Semaphore(limits.tunnels());
    }

    /** As below, and a turn is waited for. */
    UpstreamConnection take(boolean fresh, Duration time) throws UpstreamFailure {
        return take(fresh, true, time);
    }

    /**
     * A connection, which must be given back or discarded.
     *
     * @param fresh whether none that was used before will do
     * @param patient whether a turn is waited for where all are taken
     * @param time for the wait and for connecting together
     */
    UpstreamConnection take(boolean fresh, boolean patient, Duration time) throws UpstreamFailure {
        long began = System.nanoTime();
        awaitTurn(patient ? time : Duration.ZERO);
        boolean taken = false;
        try {
            var connection = fresh ? null : rested(began);
            if (connection == null) {
                connection = connector.open(destination, absence, began + time.toNanos());
                open.add(connection);
            }
            taken = true;
            return connection;
        } catch (IOException e) {
            throw new UpstreamFailure(
                    UpstreamFailure.Kind.UNREACHABLE, "cannot connect to " + destination + ": " + e, e);
        } finally {
            if (!taken) {
                turnIsBack();
            }
        }
    }

    /** Back, in a state where the next request can be sent. */
    void giveBack(UpstreamConnection connection, Duration keepAlive) {
        var rest = keepAlive.compareTo(limits.rest()) < 0 ? keepAlive : limits.rest();
        connection.rest(rest.toNanos());
        UpstreamConnection surplus = null;
        synchronized (idle) {
            idle.push(connection);
            if (closed || idle.size() > limits.idle()) {
                surplus = idle.removeLast();
            }
        }
        turnIsBack();
        if (surplus != null) {
            surplus.close();
        }
    }

    void discard(UpstreamConnection connection) {
        connection.close();
        turnIsBack();
    }

    /** From now on it counts as a tunnel and its turn is another request's. False: there are too many already. */
    boolean toTunnel() {
        boolean room = tunnels.tryAcquire();
        if (room) {
            turnIsBack();
        }
        return room;
    }

    void discardTunnel(UpstreamConnection connection) {
        connection.close();
        tunnels.release();
    }

    /** Whether a further tunnel has no room; a moment later it may. */
    boolean tunnelsFull() {
        return tunnels.availablePermits() == 0;
    }

    /** How many requests more it takes at the moment. */
    int free() {
        return turns.availablePermits();
    }

    /** When a turn came back last, on the clock of {@link System#nanoTime}. */
    long latest() {
        return latest;
    }

    /** Closes those whose service let the time to answer pass. */
    void watch() {
        long now = System.nanoTime();
        open.removeIf(connection -> {
            connection.closeWhenOverdue(now);
            return !connection.isOpen();
        });
    }

    /** Closes those that rested too long. */
    void sweep() {
        long now = System.nanoTime();
        synchronized (idle) {
            idle.removeIf(connection -> {
                boolean expired = connection.expired(now, limits.age().toNanos());
                if (expired) {
                    connection.close();
                }
                return expired;
            });
        }
    }

    /** Whether no connection is open, once {@link #watch} has looked. */
    boolean empty() {
        return open.isEmpty();
    }

    void close() {
        synchronized (idle) {
            closed = true;
            idle.forEach(UpstreamConnection::close);
            idle.clear();
        }
    }

    @Override
    public String toString() {
        return destination.toString();
    }

    private @Nullable UpstreamConnection rested(long now) {
        while (true) {
            UpstreamConnection connection;
            synchronized (idle) {
                connection = idle.poll();
            }
            if (connection == null) {
                return null;
            }
            if (!connection.expired(now, limits.age().toNanos()) && !connection.stale()) {
                return connection;
            }
            connection.close();
        }
    }

    private void turnIsBack() {
        latest = System.nanoTime();
        turns.release();
    }

    private void awaitTurn(Duration time) throws UpstreamFailure {
        try {
            if (turns.tryAcquire(time.toNanos(), TimeUnit.NANOSECONDS)) {
                return;
            }
            throw new UpstreamFailure(
                    UpstreamFailure.Kind.BUSY, limits.busy() + " connections to " + destination + " are in use", null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UpstreamFailure(
                    UpstreamFailure.Kind.BUSY, "interrupted while waiting for a connection to " + destination, e);
        }
    }
}
