package dev.gatehouse.node.server;

import dev.gatehouse.node.server.http2.ClientEnd;
import dev.gatehouse.node.wire.WireInput;
import dev.gatehouse.node.wire.WireInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A whole connection as the client's end of a tunnel. */
record ConnectionEnd(WireInput wire, ConnectionStreams streams) implements ClientEnd {

    @Override
    public InputStream in() {
        return new WireInputStream(wire);
    }

    @Override
    public OutputStream out() {
        return streams.output();
    }

    @Override
    public void endOutput() throws IOException {
        streams.endOutput();
    }

    @Override
    public void abort() {
        streams.abort();
    }
}
