package dev.gatehouse.node.wire;

import java.io.IOException;
import java.io.InputStream;

/** What a peer sends as a stream of bytes, those first that are in the buffer already. */
public final class WireInputStream extends InputStream {

    private final WireInput in;

    public WireInputStream(WireInput in) {
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        return length == 0 ? 0 : in.read(target, offset, length);
    }

    /** What is in the buffer; the peer may have sent more. */
    @Override
    public int available() {
        return in.buffered();
    }
}
