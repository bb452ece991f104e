package dev.gatehouse.node.exchange;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.function.UnaryOperator;

/** The bytes of a message, streamed and read once. */
public interface Body extends AutoCloseable {

    /** {@link #length()} of a body whose length shows only at its end. */
    long UNKNOWN = -1;

    /** Number of bytes, or {@link #UNKNOWN}. */
    long length();

    /**
     * The bytes, as they arrive. A read throws {@link java.io.IOException} when the message ends before it is
     * complete: an end of stream always means the whole body was seen.
     */
    InputStream stream();

    /** The fields behind the last byte: none before the stream has ended, and where none were sent. */
    default Headers trailers() {
        return new Headers();
    }

    /** Gives up whatever is unread. May be called more than once. */
    @Override
    void close();

    /** The same, read through what is made of its stream. */
    default Body through(UnaryOperator<InputStream> made) {
        return new PassedBody(this, made);
    }

    static Body empty() {
        return of(new byte[0]);
    }

    static Body of(byte[] bytes) {
        var stream = new ByteArrayInputStream(bytes);
        return new Body() {
            @Override
            public long length() {
                return bytes.length;
            }

            @Override
            public InputStream stream() {
                return stream;
            }

            @Override
            public void close() {}
        };
    }
}
