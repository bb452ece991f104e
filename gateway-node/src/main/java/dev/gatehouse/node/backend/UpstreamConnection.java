package dev.gatehouse.node.backend;

import dev.gatehouse.node.wire.WireInput;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;

/** A connection to a service, plain or TLS. One thread reads, perhaps another writes, any may close. */
final class UpstreamConnection {

    /** As {@link Socket#setSoTimeout} has it. */
    private static final int FOR_EVER = 0;

    private final SocketChannel channel;
    private final Socket socket;
    private final WireInput in;
    private final OutputStream out;
    private final long opened = System.nanoTime();
    private long readDue;
    private boolean patient;
    private long idleSince;
    private long idleNanos;

    /** @param socket the channel's own, or a TLS socket over it */
    UpstreamConnection(SocketChannel channel, Socket socket) throws IOException {
        this.channel = channel;
        this.socket = socket;
        in = new WireInput(new TimedInput(socket.getInputStream()));
        out = socket.getOutputStream();
    }

    WireInput in() {
        return in;
    }

    OutputStream out() {
        return out;
    }

    /** Until then, on the clock of {@link System#nanoTime}, reads may wait; later a {@link SocketTimeoutException}. */
    void readUntil(long due) {
        readDue = due;
    }

    /** Reads wait until bytes come or the connection is closed. */
    void readWithoutEnd() {
        patient = true;
    }

    /** Into the pool it goes, and may stay that long. */
    void rest(long nanos) {
        idleSince = System.nanoTime();
        idleNanos = nanos;
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
            channel.configureBlocking(false);
            int count = channel.read(ByteBuffer.allocate(1));
            channel.configureBlocking(true);
            return count != 0;
        } catch (IOException e) {
            return true;
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

    private final class TimedInput extends InputStream {

        private final InputStream in;

        TimedInput(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            socket.setSoTimeout(patient ? FOR_EVER : left());
            return in.read(target, offset, length);
        }

        private int left() throws SocketTimeoutException {
            long left = readDue - System.nanoTime();
            if (left <= 0) {
                throw new SocketTimeoutException("the time to read is over");
            }
            return (int) Math.max(1, Math.min(Integer.MAX_VALUE, TimeUnit.NANOSECONDS.toMillis(left)));
        }
    }
}
