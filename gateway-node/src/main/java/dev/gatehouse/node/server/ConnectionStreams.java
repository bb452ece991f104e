package dev.gatehouse.node.server;

import dev.gatehouse.node.server.http2.Transport;
import dev.gatehouse.node.wire.ByteSink;
import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
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

    private final ConnectionContext context;
    private final SocketChannel channel;
    /** Nothing stands between us and the channel: no copy has to be made on the way. */
    private final boolean plain;

    private final Patience writing;
    private final long stallNanos;
    private volatile long readDue = NEVER;
    private volatile long writeDue = NEVER;
    private volatile boolean late;
    private ByteBuffer first = ByteBuffer.allocate(0);
    private @Nullable Future<Boolean> ahead;

    /** @param channel what the context's socket reads and writes in the end */
    ConnectionStreams(ConnectionContext context, SocketChannel channel, Deadlines deadlines) {
        this.context = context;
        this.channel = channel;
        plain = !context.isSecure();
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
        if (plain) {
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

    /** Waits for the next byte, in no buffer of ours. False: the peer ended the stream, or took too long. */
    boolean await() throws IOException {
        var earlier = ahead;
        if (earlier != null) {
            return awaited(earlier);
        }
        if (first.hasRemaining()) {
            return true;
        }
        if (plain) {
            var room = ByteBuffer.allocate(FIRST);
            boolean came = channel.read(room) > 0;
            first = room.flip();
            return came;
        }
        try {
            context.dataReader().ensureAvailable();
            return true;
        } catch (DataReader.InsufficientDataAvailableException e) {
            return false;
        } catch (RuntimeException e) {
            throw failed(e);
        }
    }

    private static IOException failed(RuntimeException e) {
        return new IOException("the client's connection failed", e);
    }

    InputStream input() {
        return new InputStream() {
            private final DataReader reader = context.dataReader();

            @Override
            public int read() throws IOException {
                var one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int available() throws IOException {
                var earlier = ahead;
                if (earlier != null && !earlier.isDone()) {
                    return 0;
                }
                if (first.hasRemaining()) {
                    return first.remaining();
                }
                return plain ? channel.socket().getInputStream().available() : reader.available();
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                var earlier = ahead;
                if (earlier != null) {
                    awaited(earlier);
                }
                if (plain) {
                    return receive(target, offset, length);
                }
                try {
                    reader.ensureAvailable();
                    int count = Math.min(length, reader.available());
                    return reader.readBuffer(count).read(target, offset, count);
                } catch (DataReader.InsufficientDataAvailableException e) {
                    if (late) {
                        throw new SocketTimeoutException("the client took too long");
                    }
                    return -1;
                } catch (RuntimeException e) {
                    throw failed(e);
                }
            }
        };
    }

    private int receive(byte[] target, int offset, int length) throws IOException {
        if (first.hasRemaining()) {
            int count = Math.min(length, first.remaining());
            first.get(target, offset, count);
            return count;
        }
        int count = channel.read(ByteBuffer.wrap(target, offset, length));
        if (count < 0 && late) {
            throw new SocketTimeoutException("the client took too long");
        }
        return count;
    }

    private void send(byte[] source, int offset, int length) throws IOException {
        if (plain) {
            var bytes = ByteBuffer.wrap(source, offset, length);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            return;
        }
        try {
            context.dataWriter().writeNow(BufferData.create(source, offset, length));
        } catch (RuntimeException e) {
            throw failed(e);
        }
    }

    /** For one writer at a time. */
    @Override
    public OutputStream output() {
        return new Output();
    }

    private final class Output extends OutputStream implements ByteSink {
        @Override
        public boolean direct() {
            return plain;
        }

        @Override
        public void write(ByteBuffer source) throws IOException {
            int length = source.remaining();
            timed(length, () -> {
                while (source.hasRemaining()) {
                    channel.write(source);
                }
            });
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] source, int offset, int length) throws IOException {
            timed(length, () -> send(source, offset, length));
        }

        private void timed(int length, Writing writes) throws IOException {
            long start = System.nanoTime();
            writeDue = start + writing.left();
            try {
                writes.write();
            } finally {
                writeDue = NEVER;
            }
            writing.waited(System.nanoTime() - start, length);
        }
    }

    /** One write, which may wait. */
    private interface Writing {
        void write() throws IOException;
    }
}
