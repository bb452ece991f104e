package dev.gatehouse.node.filter;

import dev.gatehouse.node.exchange.Body;
import dev.gatehouse.node.exchange.Headers;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A body whose bytes are counted as they are read. */
final class MeteredBody implements Body {

    private final Body body;
    private final InputStream stream;
    private volatile long bytes;

    MeteredBody(Body body) {
        this.body = body;
        stream = new Counting(body.stream());
    }

    long bytes() {
        return bytes;
    }

    @Override
    public long length() {
        return body.length();
    }

    @Override
    public InputStream stream() {
        return stream;
    }

    @Override
    public Headers trailers() {
        return body.trailers();
    }

    @Override
    public void close() {
        body.close();
    }

    private final class Counting extends FilterInputStream {

        Counting(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int read = in.read();
            if (read >= 0) {
                add(1);
            }
            return read;
        }

        @Override
        public int read(byte[] into, int from, int most) throws IOException {
            int read = in.read(into, from, most);
            if (read > 0) {
                add(read);
            }
            return read;
        }

        // one thread reads, another may ask
        @SuppressWarnings("NonAtomicVolatileUpdate")
        private void add(int read) {
            bytes += read;
        }
    }
}
