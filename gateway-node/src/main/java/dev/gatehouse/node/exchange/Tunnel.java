package dev.gatehouse.node.exchange;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** The service's end of a connection that is no longer HTTP: bytes both ways, unread. */
public interface Tunnel extends AutoCloseable {

    InputStream in();

    OutputStream out();

    /** Nothing more is sent to the service, which may go on sending. Does nothing where that cannot be told. */
    default void endOutput() throws IOException {}

    /** How long neither side may say anything, in milliseconds. */
    long idleMillis();

    /** Ends both directions at once. May be called more than once, by any thread. */
    @Override
    void close();
}
