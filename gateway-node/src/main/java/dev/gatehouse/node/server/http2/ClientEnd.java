package dev.gatehouse.node.server.http2;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** The client's end of what is no longer HTTP: a connection, or a stream of one (RFC 8441, 5). */
public interface ClientEnd {

    InputStream in();

    OutputStream out();

    /** Nothing more is sent to the client, which may go on sending. Does nothing where that cannot be told. */
    void endOutput() throws IOException;

    /** Ends both directions at once, unless both have ended. May be called more than once, by any thread. */
    void abort();
}
