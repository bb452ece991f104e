package dev.gatehouse.node.filter;

import dev.gatehouse.node.exchange.Body;
import dev.gatehouse.node.exchange.SeenStream;
import java.io.InputStream;

/** A body whose bytes are counted as they are read. */
final class MeteredBody {

    private final Body body;
    private volatile long bytes;

    MeteredBody(Body body) {
        this.body = body.through(Counting::new);
    }

    /** To be read in place of the one that was given. */
    Body body() {
        return body;
    }

    long bytes() {
        return bytes;
    }

    private final class Counting extends SeenStream {

        Counting(InputStream in) {
            super(in);
        }

        // one thread reads, another may ask
        @Override
        @SuppressWarnings("NonAtomicVolatileUpdate")
        protected void seen(byte[] octets, int offset, int count) {
            bytes += Math.max(0, count);
        }
    }
}
