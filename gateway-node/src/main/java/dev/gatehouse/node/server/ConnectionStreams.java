package dev.gatehouse.node.server;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.webserver.ConnectionContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;

/**
 * A Helidon connection as plain streams, with the two times that end it: a read and a write may be under way at once,
 * an upload and its response.
 */
final class ConnectionStreams {

    private static final long NEVER = Long.MAX_VALUE;

    private final ConnectionContext context;
    private final long stallNanos;
    private volatile long readDue = NEVER;
    private volatile long writeDue = NEVER;

    ConnectionStreams(ConnectionContext context, Duration stall) {
        this.context = context;
        stallNanos = stall.toNanos();
    }

    /** From now on, the reads together may take that long. */
    void readWithin(Duration time) {
        readDue = System.nanoTime() + time.toNanos();
    }

    void readForever() {
        readDue = NEVER;
    }

    boolean overdue(long now) {
        return overdue(readDue, now) || overdue(writeDue, now);
    }

    private static boolean overdue(long due, long now) {
        return due != NEVER && due - now < 0;
    }

    /** Never throws: a connection that is gone is closed. */
    void close() {
        try {
            context.serverSocket().close();
        } catch (UncheckedIOException e) {
            // the peer was faster
        }
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
            public int read(byte[] target, int offset, int length) throws IOException {
                try {
                    reader.ensureAvailable();
                    int count = Math.min(length, reader.available());
                    return reader.readBuffer(count).read(target, offset, count);
                } catch (DataReader.InsufficientDataAvailableException e) {
                    return -1;
                } catch (RuntimeException e) {
                    throw new IOException("the client's connection failed", e);
                }
            }
        };
    }

    OutputStream output() {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] source, int offset, int length) throws IOException {
                writeDue = System.nanoTime() + stallNanos;
                try {
                    context.dataWriter().writeNow(BufferData.create(source, offset, length));
                } catch (RuntimeException e) {
                    throw new IOException("the client's connection failed", e);
                } finally {
                    writeDue = NEVER;
                }
            }
        };
    }
}
