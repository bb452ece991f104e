package dev.gatehouse.node.server.tls;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Something that happens unless this is closed before. */
final class Deadline implements AutoCloseable {

    /** One thread for all: what it runs waits for nothing. */
    private static final ScheduledThreadPoolExecutor CLOCK = clock();

    private final Future<?> due;

    private Deadline(Future<?> due) {
        this.due = due;
    }

    static Deadline in(Duration time, Runnable action) {
        return new Deadline(CLOCK.schedule(action, time.toMillis(), TimeUnit.MILLISECONDS));
    }

    @Override
    public void close() {
        due.cancel(false);
    }

    private static ScheduledThreadPoolExecutor clock() {
        var clock = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("gatehouse-handshakes").factory());
        clock.setRemoveOnCancelPolicy(true);
        return clock;
    }
}
