package dev.gatehouse.node.server;

import dev.gatehouse.node.wire.PeerChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One accepted socket, from accept to close. */
final class Accepted {

    /** Both ends of a connection: what tells it from every other one that is open. */
    record Ends(SocketAddress here, SocketAddress there) {}

    private final SocketChannel channel;
    private final PeerChannel peerChannel;
    private final Ends ends;
    private final InetAddress peer;
    private final long since = System.nanoTime();
    private final long due;
    private final AtomicReference<@Nullable InetAddress> claimed = new AtomicReference<>();
    private volatile InetAddress client;
    private volatile @Nullable Watched connection;

    /**
     * @param head nanoseconds until its connection has to be running
     * @throws IOException when it is closed already
     */
    Accepted(SocketChannel channel, long head) throws IOException {
        this.channel = channel;
        peerChannel = new PeerChannel(channel);
        due = since + head;
        ends = new Ends(channel.getLocalAddress(), channel.getRemoteAddress());
        peer = ((InetSocketAddress) ends.there()).getAddress();
        client = peer;
    }

    SocketChannel channel() {
        return channel;
    }

    /** The same, for those who read and write it. */
    PeerChannel peerChannel() {
        return peerChannel;
    }

    Ends ends() {
        return ends;
    }

    /** When it was accepted, on the clock of {@link System#nanoTime}. */
    long since() {
        return since;
    }

    /** Who opened it. */
    InetAddress peer() {
        return peer;
    }

    /** Whose connection it is, where the peer is a proxy that said so. */
    void claim(InetAddress address) {
        client = address;
        claimed.set(address);
    }

    /** Who opened it, or for whom a proxy said that it did. */
    InetAddress client() {
        return client;
    }

    /** What {@link #claim} was told, once. */
    @Nullable
    InetAddress takeClaim() {
        return claimed.getAndSet(null);
    }

    /** From here on the connection keeps its own times. */
    void run(Watched running) {
        connection = running;
    }

    boolean closed() {
        return !channel.isOpen();
    }

    /** Ends what takes too long. */
    void check(long now) {
        var running = connection;
        if (running != null) {
            running.check(now);
        } else if (due - now < 0) {
            abort();
        }
    }

    void close(boolean interrupt) {
        var running = connection;
        if (running != null) {
            running.close(interrupt);
        } else if (interrupt) {
            abort();
        }
    }

    long idleSince() {
        var running = connection;
        return running == null ? Watched.BUSY : running.idleSince();
    }

    private void abort() {
        try {
            channel.close();
        } catch (IOException e) {
            // the peer was faster
        }
    }
}
