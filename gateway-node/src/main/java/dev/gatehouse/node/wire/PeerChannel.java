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

    /** A turn as a shift of nanoseconds: 4 ms. */
    private static final int TURN = 22;

    private final SocketChannel channel;
    private volatile boolean alone;
    private long turn;
    /** Whether the last look did. */
    private boolean found;

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
     * As {@link #giveWay()}; but who finds something each time stays behind until everybody was served: once in a turn,
     * which is the same for all connections, and while others do.
     *
     * @return whether it is worth looking whether something is here
     */
    public boolean giveWayInTurn() {
        long current = System.nanoTime() >>> TURN;
        if (current == turn && !(found && WaitingRoom.occupied())) {
            giveWay();
            return true;
        }
        turn = current;
        if (!found) {
            return false;
        }
        found = false;
        WaitingRoom.pass();
        return true;
    }

    /** What is here; 0 when nothing is, or when that cannot be told. */
    public int readNow(ByteBuffer target) throws IOException {
        int count = alone ? channel.read(target) : 0;
        found = count > 0;
        return count;
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
