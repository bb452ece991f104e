package dev.gatehouse.node.wire;

import java.io.IOException;

/** A body that ends with its connection. */
final class UntilCloseInput extends BodyInput {

    UntilCloseInput(WireInput in) {
        super(in);
    }

    @Override
    public int available() {
        return in.buffered();
    }

    @Override
    int next(byte[] target, int offset, int length) throws IOException {
        return in.read(target, offset, length);
    }
}
