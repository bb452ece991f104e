package dev.gatehouse.node.wire;

import dev.gatehouse.node.exchange.PieceStream;
import java.io.IOException;

/** What a peer sends as a stream of bytes, those first that are in the buffer already. */
public final class WireInputStream extends PieceStream {

    private final WireInput in;

    public WireInputStream(WireInput in) {
        this.in = in;
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
