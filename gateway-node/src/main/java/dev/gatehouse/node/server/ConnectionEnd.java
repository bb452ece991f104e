package dev.gatehouse.node.server;

import dev.gatehouse.node.server.http2.ClientEnd;
import dev.gatehouse.node.wire.WireInput;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A whole connection as the client's end of a tunnel. */
record ConnectionEnd(WireInput wire, ConnectionStreams streams) implements ClientEnd {

    @Override
    public InputStream in() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                var one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                return length == 0 ? 0 : wire.read(target, offset, length);
            }
        };
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
