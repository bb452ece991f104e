package dev.gatehouse.node.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * A socket that is read and written at once wherever that goes, and waited for only where it does not: a read that may
 * wait costs the JDK four locks more, whether it waits or not. That takes a socket that one thread {@linkplain #alone
 * alone} uses; with two, one of which waits, the other could not change the way in which it is used.
 */
public final class PeerChannel {

    /** A turn as a shift of nanoseconds: 8 ms. */
    private static final int TURN = 23;

    private final SocketChannel channel;
    private volatile boolean alone;
    private long turn;

    public PeerChannel(SocketChannel channel) {
        this.channel = channel;
    }

    /** From here on the calling thread alone reads and writes. */
    public void alone() throws IOException {
        if (!alone) {
            use(true);
        }
    }

    /** From here on one thread may write while another reads; to be called before the second one begins, by any thread. */
    public void shared() throws IOException {
        if (alone) {
            use(false);
        }
    }

    private synchronized void use(boolean byOne) throws IOException {
        channel.configureBlocking(!byOne);
        alone = byOne;
    }

    /** Lets other threads go first that are ready: under load what comes next is here then, and nobody has to be woken. */
    @SuppressWarnings("ThreadPriorityCheck")
    public static void giveWay() {
        Thread.yield();
    }

    /**
     * As {@link #giveWay()}, but not at the first time in a turn, which is the same for all connections: as long as some
     * thread of its own is ready, a carrier looks neither for new connections nor at what came for those that wait. It
     * does once all have waited.
     *
     * @return whether others went first; if not, it is time to wait
     */
    public boolean giveWayInTurn() {
        long current = System.nanoTime() >>> TURN;
        if (current != turn) {
            turn = current;
            return false;
        }
        giveWay();
        return true;
    }

    /** What is here; 0 when nothing is, or when that cannot be told. */
    public int readNow(ByteBuffer target) throws IOException {
        return alone ? channel.read(target) : 0;
    }

    /** Waits for at least one byte; -1 at the end. */
    public int read(ByteBuffer target) throws IOException {
        shared();
        return channel.read(target);
    }

    /** All of it, however long that takes. */
    public void write(ByteBuffer source) throws IOException {
        while (source.hasRemaining()) {
            if (channel.write(source) == 0) {
                shared();
            }
        }
    }
}
