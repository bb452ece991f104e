package dev.gatehouse.node.server;

import dev.gatehouse.node.exchange.PieceStream;
import dev.gatehouse.node.server.http2.Transport;
import dev.gatehouse.node.server.tls.TlsContext;
import dev.gatehouse.node.wire.ByteSink;
import dev.gatehouse.node.wire.Eager;
import dev.gatehouse.node.wire.PeerChannel;
import io.helidon.webserver.ConnectionContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * A Helidon connection as plain streams, with the times that end them: a read and a write may be under way at once, an
 * upload and its response. A channel's reads have no timeout; {@link #check} is called from outside instead.
 */
final class ConnectionStreams implements Transport {

    private static final long NEVER = Long.MAX_VALUE;

    /** As large as most request heads. */
    private static final int FIRST = 1024;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final ConnectionContext context;
    private final SocketChannel channel;
    private final PeerChannel peer;
    /** Null where nothing stands between us and the channel: no copy has to be made on the way. */
    private final @Nullable TlsContext tls;

    private final Patience writing;
    private final long stallNanos;
    private volatile long readDue = NEVER;
    private volatile long writeDue = NEVER;
    private volatile boolean late;
    private final Output output = new Output();

    private ByteBuffer first = NOTHING;
    /** For what comes first after a wait; kept, since it is there through all waits anyway. */
    private @Nullable ByteBuffer room;

    private @Nullable Future<Boolean> ahead;

    /** @param accepted what the context's socket reads and writes in the end */
    ConnectionStreams(ConnectionContext context, Accepted accepted, Deadlines deadlines) {
        this.context = context;
        channel = accepted.channel();
        peer = accepted.peerChannel();
        tls = context instanceof TlsContext secured ? secured : null;
        writing = deadlines.forDownload();
        stallNanos = deadlines.stall().toNanos();
    }

    /** From now on, the reads together may take that long. */
    @Override
    public void readWithin(Duration time) {
        readWithin(time.toNanos());
    }

    void readWithin(long nanos) {
        readDue = System.nanoTime() + nanos;
    }

    @Override
    public void readForever() {
        readDue = NEVER;
    }

    /**
     * Ends what takes too long: a late read alone fails, so that its client can still be told; after a late write
     * nothing can be said.
     */
    void check(long now) {
        if (overdue(writeDue, now)) {
            abort();
        } else if (overdue(readDue, now)) {
            late = true;
            try {
                // the one way to end a channel's blocked read without closing the channel
                channel.shutdownInput();
            } catch (IOException e) {
                abort();
            }
        }
    }

    /** Whether a read was ended for taking too long: none succeeds any more. */
    boolean late() {
        return late;
    }

    private static boolean overdue(long due, long now) {
        return due != NEVER && due - now < 0;
    }

    /** Tells the client that nothing more comes, where the connection has a way to say that alone. */
    void endOutput() throws IOException {
        if (tls == null) {
            channel.shutdownOutput();
        }
    }

    /** At once, by any thread. Never waits: a TLS farewell would, behind a write that is stuck. */
    void abort() {
        try {
            channel.close();
        } catch (IOException e) {
            // the peer was faster
        }
    }

    /** With the farewell that the connection has; the client may take its time to receive it, but no longer. */
    @Override
    public void close() {
        writeDue = System.nanoTime() + stallNanos;
        try {
            context.serverSocket().close();
        } catch (UncheckedIOException e) {
            // the peer was faster
        } finally {
            abort();
        }
    }

    /** Another thread waits for the next byte already: whoever reads next waits for what it gets. */
    void continueAfter(Future<Boolean> awaited) {
        ahead = awaited;
    }

    private boolean awaited(Future<Boolean> earlier) throws IOException {
        ahead = null;
        try {
            return earlier.get();
        } catch (ExecutionException e) {
            throw new IOException("the client's connection failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the connection is closed");
        }
    }

    /** From here on one thread may write while another reads. */
    void shared() throws IOException {
        peer.shared();
    }

    /** As {@link #shared}, by the clock. False: it is closed. */
    boolean share() {
        try {
            peer.shared();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Before the next request is waited for, others that are ready go first.
     *
     * @return whether others did, and from here on the calling thread alone uses the connection; if not, it is time to
     *     wait
     */
    boolean giveWay() throws IOException {
        if (ahead != null || !peer.giveWayInTurn()) {
            return false;
        }
        peer.alone();
        return true;
    }

    /** Waits for the next byte, in no buffer of ours. False: the peer ended the stream, or took too long. */
    boolean await() throws IOException {
        var earlier = ahead;
        if (earlier != null) {
            return awaited(earlier);
        }
        if (first.hasRemaining()) {
            return true;
        }
        if (tls != null) {
            return tls.await();
        }
        first = NOTHING;
        var place = room == null ? ByteBuffer.allocate(FIRST) : room.clear();
        room = place;
        boolean came = peer.read(place) > 0;
        first = place.flip();
        return came;
    }

    InputStream input() {
        return new Input();
    }

    private final class Input extends PieceStream implements Eager {

        @Override
        public int available() throws IOException {
            var earlier = ahead;
            if (earlier != null && !earlier.isDone()) {
                return 0;
            }
            if (first.hasRemaining()) {
                return first.remaining();
            }
            return tls == null ? channel.socket().getInputStream().available() : tls.available();
        }

        @Override
        public int readNow(byte[] target, int offset, int length) throws IOException {
            if (first.hasRemaining()) {
                return received(target, offset, length);
            }
            return tls == null
                    ? peer.readNow(ByteBuffer.wrap(target, offset, length))
                    : tls.readNow(target, offset, length);
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            var earlier = ahead;
            if (earlier != null) {
                awaited(earlier);
            }
            if (first.hasRemaining()) {
                return received(target, offset, length);
            }
            int count =
                    tls == null ? receive(ByteBuffer.wrap(target, offset, length)) : tls.read(target, offset, length);
            if (count < 0 && late) {
                throw new SocketTimeoutException("the client took too long");
            }
            return count;
        }

        private int received(byte[] target, int offset, int length) {
            int count = Math.min(length, first.remaining());
            first.get(target, offset, count);
            return count;
        }

        private int receive(ByteBuffer target) throws IOException {
            int count = peer.readNow(target);
            return count == 0 ? peer.read(target) : count;
        }
    }

    /** For one writer at a time. */
    @Override
    public OutputStream output() {
        return output;
    }

    private final class Output extends OutputStream implements ByteSink {

        @Override
        public boolean direct() {
            return tls == null;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] source, int offset, int length) throws IOException {
            write(ByteBuffer.wrap(source, offset, length));
        }

        @Override
        public void write(ByteBuffer source) throws IOException {
            int length = source.remaining();
            long start = System.nanoTime();
            writeDue = start + writing.left();
            try {
                if (tls == null) {
                    peer.write(source);
                } else {
                    tls.write(source);
                }
            } finally {
                writeDue = NEVER;
            }
            writing.waited(System.nanoTime() - start, length);
        }
    }
}
