package dev.gatehouse.node.wire;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Text as a stream that gives at most so many bytes a read: every boundary is met. */
final class Trickle extends InputStream {

    private final ByteArrayInputStream bytes;
    private final int most;

    Trickle(String text, int most) {
        bytes = new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1));
        this.most = most;
    }

    static WireInput of(String text, int most) {
        return new WireInput(new Trickle(text, most));
    }

    @Override
    public int read() {
        return bytes.read();
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        return bytes.read(target, offset, Math.min(length, most));
    }
}
