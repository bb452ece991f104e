package dev.gatehouse.node.server;

import dev.gatehouse.node.exchange.Body;
import dev.gatehouse.node.exchange.Headers;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** A body over any stream, which remembers that it was closed. */
final class StreamedBody implements Body {

    private final long length;
    private final InputStream in;
    private Headers trailers = new Headers();
    private volatile boolean closed;

    StreamedBody(long length, InputStream in) {
        this.length = length;
        this.in = in;
    }

    StreamedBody(long length, String text) {
        this(length, new ByteArrayInputStream(Listening.bytes(text)));
    }

    /** Never ends. */
    static StreamedBody endless() {
        return new StreamedBody(UNKNOWN, new Repeating(Long.MAX_VALUE));
    }

    /** Fails after that many bytes. */
    static StreamedBody cutShort(long length, long after) {
        return new StreamedBody(length, new Repeating(after));
    }

    StreamedBody endingWith(Headers fields) {
        trailers = fields;
        return this;
    }

    @Override
    public Headers trailers() {
        return trailers;
    }

    boolean closed() {
        return closed;
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public InputStream stream() {
        return in;
    }

    @Override
    public void close() {
        closed = true;
    }

    private static final class Repeating extends InputStream {

        private long left;

        Repeating(long left) {
            this.left = left;
        }

        @Override
        public int read() throws IOException {
            return read(new byte[1], 0, 1) < 0 ? -1 : 'x';
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (left == 0) {
                throw new IOException("cut short");
            }
            int count = (int) Math.min(left, length);
            Arrays.fill(target, offset, offset + count, (byte) 'x');
            left -= count;
            return count;
        }
    }
}
