package dev.gatehouse.node.backend;

import dev.gatehouse.node.exchange.Body;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;

/** A client's body over any stream. */
record StreamedBody(long length, InputStream stream) implements Body {

    /** Gives so many bytes, at most 16, and then throws. */
    static StreamedBody failing(long length, int after, IOException failure) {
        var begun = new ByteArrayInputStream(new byte[16], 0, after);
        return new StreamedBody(length, new SequenceInputStream(begun, new InputStream() {
            @Override
            public int read() throws IOException {
                throw failure;
            }
        }));
    }

    @Override
    public void close() {}
}
