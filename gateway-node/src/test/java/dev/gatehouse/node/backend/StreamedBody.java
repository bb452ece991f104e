package dev.gatehouse.node.backend;

import dev.gatehouse.node.exchange.Body;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** A client's body over any stream. */
record StreamedBody(long length, InputStream stream) implements Body {

    /** Gives so many bytes and then throws. */
    static StreamedBody failing(long length, int after, IOException failure) {
        return new StreamedBody(length, new InputStream() {
            private int left = after;

            @Override
            public int read() throws IOException {
                return read(new byte[1], 0, 1) < 0 ? -1 : 0;
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                if (left == 0) {
                    throw failure;
                }
                int count = Math.min(left, length);
                Arrays.fill(target, offset, offset + count, (byte) 0);
                left -= count;
                return count;
            }
        });
    }

    @Override
    public void close() {}
}
