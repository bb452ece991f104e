package dev.gatehouse.deploy.bench;

import dev.gatehouse.db.model.Route;
import dev.gatehouse.db.store.Author;
import dev.gatehouse.db.store.ConfigurationStore;
import dev.gatehouse.db.store.Database;
import dev.gatehouse.db.store.Edit;
import dev.gatehouse.db.store.Publication;
import dev.gatehouse.deploy.bench.routing.GitHub;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/** Publishes a revision a second, as the console does, each of which changes so many routes of those that the node has besides. */
final class Swaps implements AutoCloseable {

    static final int CHANGED = 100;

    private static final Author AUTHOR = new Author("bench", "beside what is measured");

    /** Seconds that a request to one of these routes may take. */
    private static final int LEAST = 120;

    /** Of all swaps, so that each makes another configuration than the one before. */
    private static final AtomicInteger REVISION = new AtomicInteger();

    private final Database database;
    private final ConfigurationStore store;
    private final Map<String, Route> routes;
    private final Thread publisher = Thread.ofPlatform().name("swaps").unstarted(this::run);
    private volatile boolean over;
    private final AtomicInteger published = new AtomicInteger();

    private Swaps(Database database, int routes) {
        this.database = database;
        this.routes = GitHub.routes(routes, "upstream").entrySet().stream()
                .limit(CHANGED)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        store = new ConfigurationStore(database);
        store.reader().load();
    }

    /** @param routes that the node has */
    static Swaps begin(Database database, int routes) {
        var swaps = new Swaps(database, routes);
        swaps.publisher.start();
        return swaps;
    }

    private void run() {
        for (long due = System.nanoTime(); !over; due += TimeUnit.SECONDS.toNanos(1)) {
            publish();
            published.incrementAndGet();
            LockSupport.parkNanos(due + TimeUnit.SECONDS.toNanos(1) - System.nanoTime());
        }
    }

    private void publish() {
        var timeout = Duration.ofSeconds(LEAST + REVISION.getAndIncrement() % LEAST);
        var edits = new ArrayList<Edit>();
        routes.forEach((name, route) -> edits.add(new Edit.Put(name, within(timeout, route), Edit.ANY)));
        var publication = store.publish(edits, AUTHOR);
        if (!(publication instanceof Publication.Published)) {
            throw new BenchException("Not published: " + publication, null);
        }
    }

    private static Route within(Duration timeout, Route route) {
        return new Route(
                route.match(),
                route.isPublic(),
                route.policies(),
                route.ending(),
                route.maxBody(),
                timeout,
                route.webSocket());
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
        database.close();
    }
}
