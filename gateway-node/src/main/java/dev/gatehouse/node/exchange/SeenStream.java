package dev.gatehouse.node.exchange;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream that is looked at as it is read. A single byte is a piece of one, and what is skipped is part of it, too. */
public abstract class SeenStream extends FilterInputStream {

    private static final int SKIPPED = 8 << 10;

    protected SeenStream(InputStream in) {
        super(in);
    }

    /** @param count bytes that were read there, or -1 at the end */
    protected abstract void seen(byte[] octets, int offset, int count) throws IOException;

    @Override
    public final int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public final int read(byte[] target, int offset, int length) throws IOException {
        int count = super.read(target, offset, length);
        seen(target, offset, count);
        return count;
    }

    @Override
    public final long skip(long count) throws IOException {
        return count <= 0 ? 0 : Math.max(0, read(new byte[(int) Math.min(count, SKIPPED)]));
    }
}
