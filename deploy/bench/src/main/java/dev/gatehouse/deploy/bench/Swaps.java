package dev.gatehouse.deploy.bench;

import dev.gatehouse.deploy.bench.routing.GitHub;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Publishes a revision a second, each of which changes so many routes of those that the node has besides. */
final class Swaps implements AutoCloseable {

    static final int CHANGED = 100;

    /** Seconds that a request to one of these routes may take. */
    private static final int LEAST = 120;

    /** Of all swaps, so that each makes another configuration than the one before. */
    private static final AtomicInteger REVISION = new AtomicInteger();

    private final Thread publisher;
    private volatile boolean over;
    private final AtomicInteger published = new AtomicInteger();

    private Swaps(Runnable publish) {
        publisher = Thread.ofPlatform().name("swaps").start(() -> {
            for (long due = System.nanoTime(); !over; due += TimeUnit.SECONDS.toNanos(1)) {
                publish.run();
                published.incrementAndGet();
                LockSupport.parkNanos(due + TimeUnit.SECONDS.toNanos(1) - System.nanoTime());
            }
        });
    }

    /** @param routes that the node has */
    static Swaps begin(Stores stores, Settings settings, int routes) {
        return new Swaps(() -> {
            int timeout = LEAST + REVISION.getAndIncrement() % LEAST;
            settings.write("swap.yaml", GitHub.file(routes, CHANGED, "upstream", Duration.ofSeconds(timeout)));
            stores.add(settings.file("swap.yaml"));
        });
    }

    int published() {
        return published.get();
    }

    @Override
    public void close() {
        over = true;
        LockSupport.unpark(publisher);
        try {
            publisher.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
