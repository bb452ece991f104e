package dev.gatehouse.deploy.ledger;

import dev.gatehouse.db.settings.Spans;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** One run: the service and the nodes, then requests for a time while things happen, then the verdict. */
final class Run implements AutoCloseable {

    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** For the answers to the last requests. */
    private static final Duration FAREWELL = Duration.ofSeconds(10);

    /** For nodes to write what they counted; one that was killed has to start first. */
    private static final Duration WRITTEN = Duration.ofSeconds(30);

    private final Settings settings;
    private final PrintStream out;
    private final int connections;
    private final Book book;
    private final Load load;
    private final List<AutoCloseable> opened = new ArrayList<>();
    private boolean closed;

    /** @param connections to each node at most */
    Run(Settings settings, int connections, PrintStream out) {
        this.settings = settings;
        this.connections = connections;
        this.out = out;
        book = new Book(settings.count());
        load = new Load(settings.rate());
    }

    /** Against nodes of its own. */
    Verdict here(Site started, List<Event> events) {
        var site = opened(started);
        var upstream = opened(new Upstream(0, book));
        var key = site.configure(settings.configuration(upstream.port()));
        var nodes = new ArrayList<Node>();
        for (int i = 0; i < settings.nodes(); i++) {
            nodes.add(site.addNode());
        }
        nodes.forEach(Node::awaitReady);
        nodes.forEach(node -> load.add(gateway(node.address(), key)));
        var redis = opened(new RedisView(site.redisUrl()));
        var happening = opened(Executors.newVirtualThreadPerTaskExecutor());
        drive(new Schedule(events, event -> happening.execute(() -> let(event, site, redis, key))), redis);
        boolean whole = settings.burst() == 0
                && events.stream().noneMatch(event -> event.action().ofRedis());
        var seen = seen(redis, whole);
        return Verdict.of(book, settings, events, seen, quota(site, redis));
    }

    /** What the ledger says once nodes have written what they counted. */
    private Verdict.Quota quota(Site site, RedisView redis) {
        if (settings.quota() == 0) {
            return Verdict.Quota.NONE;
        }
        var ledger = opened(new LedgerView(site.ledger(), redis.client()));
        long due = System.nanoTime() + WRITTEN.toNanos();
        var said = ledger.look(settings.quota(), book);
        while (!said.settled() && System.nanoTime() - due < 0) {
            pause();
            said = ledger.look(settings.quota(), book);
        }
        return said;
    }

    /** What callers met between what happened. */
    List<Phases.Phase> phases(List<Event> events) {
        return Phases.of(book, events);
    }

    private Verdict.Redis seen(RedisView redis, boolean whole) {
        long counted = whole ? redis.counted(settings.counter()) : -1;
        // of what was sent since, nothing can have left the window before Redis was asked
        long begin = System.nanoTime() - settings.window().toNanos();
        return new Verdict.Redis(redis.scripts(), counted, counted < 0 ? 0 : book.arrivedOf(begin));
    }

    /**
     * Against nodes that run, whose route {@code /ledger} leads to this machine and counts as the settings say.
     *
     * @param port on which the service is asked here
     */
    Verdict elsewhere(List<URI> gateways, String key, int port) {
        opened(new Upstream(port, book));
        for (var url : gateways) {
            load.add(gateway(new InetSocketAddress(url.getHost(), url.getPort()), key));
        }
        load.run(book.size(), _ -> {});
        awaitAnswers();
        return Verdict.of(book, settings, List.of(), Verdict.Redis.NOT_SEEN, Verdict.Quota.NONE);
    }

    private Gateway gateway(InetSocketAddress address, String key) {
        return new Gateway(address, key, book, settings.most(), connections);
    }

    private void drive(Schedule schedule, RedisView redis) {
        var looked = new long[1];
        load.run(book.size(), now -> {
            schedule.reach(now);
            if (now - looked[0] > LOOK_NANOS) {
                looked[0] = now;
                Thread.startVirtualThread(redis::look);
            }
        });
        awaitAnswers();
        redis.look();
    }

    /** What is on its way when the time is over. */
    private void awaitAnswers() {
        long due = System.nanoTime() + FAREWELL.toNanos();
        while (load.busy() > 0 && System.nanoTime() - due < 0) {
            pause();
        }
    }

    private static void pause() {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }

    private void let(Event event, Site site, RedisView redis, String key) {
        out.println("  " + Spans.write(event.at()) + ": " + event);
        try {
            switch (event.action()) {
                case ADD -> {
                    var node = site.addNode();
                    node.awaitReady();
                    load.add(gateway(node.address(), key));
                }
                case FLUSHALL -> redis.flush();
                default -> site.happen(event);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            out.println("  " + event + " failed: " + e.getMessage());
        }
    }

    private synchronized <T extends AutoCloseable> T opened(T part) {
        opened.add(part);
        if (closed) {
            close();
            throw new LedgerException("Stopped.", null);
        }
        return part;
    }

    /** In the opposite order; once more does no harm. */
    @Override
    public synchronized void close() {
        closed = true;
        while (!opened.isEmpty()) {
            try {
                opened.removeLast().close();
            } catch (Exception e) {
                out.println("A part does not end: " + e);
            }
        }
    }

    /** Events in their order, each once its time has come. */
    private static final class Schedule {

        private final List<Event> left;
        private final Consumer<Event> happens;

        Schedule(List<Event> events, Consumer<Event> happens) {
            left = new ArrayList<>(events);
            left.sort(Comparator.comparing(Event::at));
            this.happens = happens;
        }

        void reach(long nanos) {
            while (!left.isEmpty() && left.getFirst().at().toNanos() <= nanos) {
                happens.accept(left.removeFirst());
            }
        }
    }
}
