package dev.gatehouse.node.wire;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;

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
    public boolean direct() {
        return in.direct();
    }

    @Override
    int next(ByteBuffer target) throws IOException {
        int limit = target.limit();
        target.limit((int) Math.min(limit, target.position() + left));
        int count = in.read(target);
        target.limit(limit);
        return counted(count);
    }

    @Override
    int next(byte[] target, int offset, int length) throws IOException {
        return counted(in.read(target, offset, (int) Math.min(length, left)));
    }

    private int counted(int count) throws IOException {
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
