package dev.gatehouse.node.backend;

import dev.gatehouse.node.exchange.ByteSource;
import dev.gatehouse.node.exchange.PieceStream;
import dev.gatehouse.node.wire.PeerChannel;
import dev.gatehouse.node.wire.WireInput;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** A connection to a service, plain or TLS. One thread reads, perhaps another writes, any may close. */
final class UpstreamConnection {

    private final SocketChannel channel;
    private final PeerChannel peer;
    /** What TLS gives; null when the channel's bytes are plain. */
    private final @Nullable InputStream secured;

    private final InputStream stream;
    private final WireInput in;
    private final OutputStream out;
    private final long opened = System.nanoTime();
    private volatile boolean reading;
    private volatile long readDue;
    private volatile @Nullable LongSupplier extension;
    private volatile boolean late;
    private boolean used;
    private long idleSince;
    private long idleNanos;

    /** @param socket the channel's own, or a TLS socket over it */
    UpstreamConnection(SocketChannel channel, Socket socket) throws IOException {
        this.channel = channel;
        peer = new PeerChannel(channel);
        // a timed read costs a virtual thread a timer each time: deadlines are kept by a clock that sees all
        // connections
        socket.setSoTimeout(0);
        secured = socket instanceof SSLSocket ? socket.getInputStream() : null;
        stream = new WatchedInput();
        in = new WireInput(stream);
        out = secured == null ? new PlainOutput() : socket.getOutputStream();
    }

    WireInput in() {
        return in;
    }

    /** What {@link #in} reads, without a buffer. */
    InputStream stream() {
        return stream;
    }

    OutputStream out() {
        return out;
    }

    /**
     * Until then, on the clock of {@link System#nanoTime}, a read may wait. Later the connection is closed, and the read
     * fails with a {@link SocketTimeoutException}.
     */
    void readUntil(long due) {
        readUntil(due, null);
    }

    /** @param extended asked when the time is over: a later one that counts instead; null when there is none */
    void readUntil(long due, @Nullable LongSupplier extended) {
        extension = extended;
        readDue = due;
    }

    /** Reads wait until bytes come or the connection is closed. */
    void readWithoutEnd() {
        readUntil(System.nanoTime() + Long.MAX_VALUE / 2);
    }

    void closeWhenOverdue(long now) {
        if (reading && overdue(now)) {
            late = true;
            close();
        }
    }

    private boolean overdue(long now) {
        var extended = extension;
        return now - readDue > 0 && (extended == null || now - extended.getAsLong() > 0);
    }

    boolean isOpen() {
        return channel.isOpen();
    }

    /** Into the pool it goes, and may stay that long. */
    void rest(long nanos) {
        used = true;
        idleSince = System.nanoTime();
        idleNanos = nanos;
    }

    /** Whether it has served a request. */
    boolean used() {
        return used;
    }

    boolean expired(long now, long ageNanos) {
        return now - idleSince > idleNanos || now - opened > ageNanos;
    }

    /**
     * Whether the service has closed it meanwhile, or sent something nobody asked for. One read that does not wait;
     * a byte taken from under TLS spoils the session, but then the connection is given up anyway.
     */
    boolean stale() {
        try {
            if (secured != null && secured.available() > 0) {
                return true;
            }
            peer.alone();
            int count = peer.readNow(ByteBuffer.allocate(1));
            if (secured != null) {
                peer.shared();
            }
            return count != 0;
        } catch (IOException e) {
            return true;
        }
    }

    /** From here on one thread may write while another reads. */
    void shared() throws IOException {
        peer.shared();
    }

    /** Tells the service that nothing more comes, where the connection has a way to say that alone. */
    void endOutput() throws IOException {
        if (secured == null) {
            channel.shutdownOutput();
        }
    }

    /**
     * At once, whatever another thread does with it. The channel and not the TLS socket: that one would wait for a
     * blocked writer in order to say goodbye.
     */
    void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // nothing is left to do with it
        }
    }

    private final class WatchedInput extends PieceStream implements ByteSource {

        @Override
        public boolean direct() {
            return secured == null;
        }

        @Override
        public int read(ByteBuffer target) throws IOException {
            inTime();
            int count = peer.readNow(target);
            return count != 0 ? count : watched(() -> peer.read(target));
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            var tls = secured;
            if (tls == null) {
                return read(ByteBuffer.wrap(target, offset, length));
            }
            inTime();
            return watched(() -> tls.read(target, offset, length));
        }

        private void inTime() throws SocketTimeoutException {
            if (overdue(System.nanoTime())) {
                throw new SocketTimeoutException("the time to read is over");
            }
        }

        private int watched(Reading source) throws IOException {
            reading = true;
            try {
                return source.read();
            } catch (IOException e) {
                throw late ? (IOException) new SocketTimeoutException("the time to read is over").initCause(e) : e;
            } finally {
                reading = false;
            }
        }
    }

    private final class PlainOutput extends OutputStream {
        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] source, int offset, int length) throws IOException {
            peer.write(ByteBuffer.wrap(source, offset, length));
        }
    }

    /** One read, which may wait. */
    private interface Reading {
        int read() throws IOException;
    }
}
