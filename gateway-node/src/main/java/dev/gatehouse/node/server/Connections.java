package dev.gatehouse.node.server;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The open connections of a listener, and the clock that closes those whose time is up: one thread looks at all of
 * them, since a channel's reads have no timeout.
 */
final class Connections implements AutoCloseable {

    /** How late a connection may be closed. */
    private static final long TICK_MILLIS = 100;

    private final Set<HttpConnection> open = ConcurrentHashMap.newKeySet();
    private final Thread clock;
    private volatile boolean draining;

    Connections() {
        clock = Thread.ofPlatform().daemon().name("gatehouse-connections").start(this::watch);
    }

    void add(HttpConnection connection) {
        open.add(connection);
        if (draining) {
            connection.close(false);
        }
    }

    void remove(HttpConnection connection) {
        open.remove(connection);
    }

    /** Each one, present and future, ends after the exchange it is busy with. */
    void drain() {
        draining = true;
        open.forEach(connection -> connection.close(false));
    }

    void abort() {
        open.forEach(connection -> connection.close(true));
    }

    @Override
    public void close() {
        clock.interrupt();
    }

    private void watch() {
        try {
            while (true) {
                Thread.sleep(TICK_MILLIS);
                long now = System.nanoTime();
                open.forEach(connection -> connection.closeWhenOverdue(now));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
