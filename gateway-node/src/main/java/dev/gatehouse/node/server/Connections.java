package dev.gatehouse.node.server;

import dev.gatehouse.node.server.Accepted.Ends;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.nio.channels.SocketChannel;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/**
 * The open connections of a listener, and the clock that ends what takes too long: one thread looks at all of them,
 * since a channel's reads have no timeout.
 */
final class Connections implements AutoCloseable {

    private static final long TICK_MILLIS = 100;

    /** How late a connection may be closed, in ticks, where there are very many. */
    private static final int LATEST = 10;

    /** In a tick: more than those are looked at in turns, since each look costs more than a microsecond. */
    private static final int LOOKS = 100;

    private static final System.Logger LOG = System.getLogger(Connections.class.getName());

    private static final long MEASURE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private record Idle(Accepted accepted, long since) {}

    private final Map<Ends, Accepted> open = new ConcurrentHashMap<>();
    private final Queue<Calm> calm = new ConcurrentLinkedQueue<>();
    private final long headNanos;
    private final Room room;
    private final Thread clock;
    private Iterator<Accepted> next = Collections.emptyIterator();
    private volatile boolean draining;

    Connections(Deadlines deadlines, Room room) {
        this.room = room;
        headNanos = deadlines.head().toNanos();
        clock = Thread.ofPlatform().daemon().name("gatehouse-connections").start(this::watch);
    }

    /**
     * Takes in a socket that was just accepted. False: there is no room, close it.
     *
     * @throws IOException when it is closed already
     */
    boolean admit(SocketChannel channel) throws IOException {
        var accepted = new Accepted(channel, headNanos);
        if (!room.take(accepted.peer())) {
            return false;
        }
        var before = open.put(accepted.ends(), accepted);
        if (before != null) {
            // closed, and not looked at since
            room.leave(before.peer());
            leave(before);
        }
        return true;
    }

    /**
     * What was admitted, once Helidon has made a context of it.
     *
     * @throws CloseConnectionException when it was closed meanwhile
     */
    Accepted of(ConnectionContext context) {
        var ends = new Ends(context.localPeer().address(), context.remotePeer().address());
        var accepted = open.get(ends);
        if (accepted == null) {
            throw new CloseConnectionException("closed before it began");
        }
        return accepted;
    }

    /** From here on the connection is asked for its times. */
    void run(Accepted accepted, Watched connection) {
        accepted.run(connection);
        if (draining) {
            connection.close(false);
        }
    }

    /** Counts it for the client that its proxy spoke of too. False: there is no room for that one, close it. */
    boolean claim(Accepted accepted, InetAddress client) {
        if (!room.takeClient(client)) {
            return false;
        }
        accepted.claim(client);
        if (open.get(accepted.ends()) != accepted) {
            // removed meanwhile, perhaps before the claim
            leave(accepted);
        }
        return true;
    }

    /** Once its socket is closed. */
    void remove(Accepted accepted) {
        if (open.remove(accepted.ends(), accepted)) {
            room.leave(accepted.peer());
            leave(accepted);
        }
    }

    /** From here on it is asked each tick, until it need not be any more. */
    void calm(Calm waiting) {
        calm.add(waiting);
    }

    private void leave(Accepted accepted) {
        var client = accepted.takeClaim();
        if (client != null) {
            room.leaveAddress(client);
        }
    }

    /** Each one, present and future, ends after the exchange it is busy with. */
    void drain() {
        draining = true;
        open.values().forEach(accepted -> accepted.close(false));
    }

    void abort() {
        open.values().forEach(accepted -> accepted.close(true));
    }

    @Override
    public void close() {
        clock.interrupt();
    }

    private void watch() {
        long measured = System.nanoTime();
        try {
            while (true) {
                Thread.sleep(TICK_MILLIS);
                measured = tick(measured);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A clock that stops would leave every late connection open: whatever fails, the next tick tries again. */
    private long tick(long measured) {
        long now = System.nanoTime();
        boolean measure = room.tight() || now - measured >= MEASURE_NANOS;
        try {
            calm.removeIf(waiting -> !waiting.check(now));
            look(now);
            if (measure) {
                room.measure();
            }
            makeRoom(room.excess());
        } catch (RuntimeException | Error e) {
            // an Error, too: without memory or descriptors the JDK throws some
            LOG.log(Level.ERROR, "connections could not be looked at", e);
        }
        return measure ? now : measured;
    }

    private void look(long now) {
        int looks = Math.max(LOOKS, open.size() / LATEST);
        if (!next.hasNext()) {
            next = open.values().iterator();
        }
        for (; looks > 0 && next.hasNext(); looks--) {
            look(next.next(), now);
        }
    }

    private void look(Accepted accepted, long now) {
        accepted.check(now);
        if (accepted.closed()) {
            remove(accepted);
        }
    }

    private void makeRoom(int count) {
        if (count > 0) {
            longestIdle(open.values(), count).forEach(accepted -> accepted.close(false));
        }
    }

    /** Whoever has been idle for longest comes first; who is busy is not among them. */
    static List<Accepted> longestIdle(Collection<Accepted> all, int count) {
        return all.stream()
                .map(accepted -> new Idle(accepted, accepted.idleSince()))
                .filter(idle -> idle.since() != Watched.BUSY)
                .sorted(Comparator.comparingLong(Idle::since))
                .limit(count)
                .map(Idle::accepted)
                .toList();
    }
}
