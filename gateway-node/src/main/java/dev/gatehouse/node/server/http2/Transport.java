package dev.gatehouse.node.server.http2;

import java.io.OutputStream;
import java.time.Duration;

/** The connection below: what is sent, and the clock over what is read. A write that stalls ends it by itself. */
public interface Transport {

    /** Each write goes out at once. */
    OutputStream output();

    /** From now on, the reads together may take that long. */
    void readWithin(Duration time);

    void readForever();

    /** Ends both directions at once; never throws. */
    void close();
}
