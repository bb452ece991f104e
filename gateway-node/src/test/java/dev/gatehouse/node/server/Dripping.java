package dev.gatehouse.node.server;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Does something again and again, evenly, until it fails or is closed. */
final class Dripping implements AutoCloseable {

    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().factory());

    Dripping(long everyMillis, Runnable drip) {
        var _ = clock.scheduleAtFixedRate(drip, 0, everyMillis, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
