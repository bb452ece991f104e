package dev.gatehouse.node.wire;

import java.io.EOFException;
import java.io.IOException;

/** A body of a known length. */
final class LengthInput extends BodyInput {

    private long left;

    LengthInput(WireInput in, long length) {
        super(in);
        left = length;
        if (length == 0) {
            end();
        }
    }

    @Override
    public int available() {
        return (int) Math.min(left, in.buffered());
    }

    @Override
    int next(byte[] target, int offset, int length) throws IOException {
        int count = in.read(target, offset, (int) Math.min(length, left));
        if (count < 0) {
            throw new EOFException("the body ended " + left + " bytes short of its Content-Length");
        }
        left -= count;
        if (left == 0) {
            end();
        }
        return count;
    }
}
