package dev.gatehouse.node.wire;

import dev.gatehouse.node.exchange.ByteSource;
import dev.gatehouse.node.exchange.PieceStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of one message body. Its end is the body's end: a message cut short is an exception, and once malformed it
 * stays so, since nothing behind that place can be trusted to be an end.
 */
public abstract sealed class BodyInput extends PieceStream implements ByteSource
        permits ChunkedInput, LengthInput, UntilCloseInput {

    final WireInput in;
    private boolean ended;
    private @Nullable WireException broken;

    BodyInput(WireInput in) {
        this.in = in;
    }

    public static BodyInput of(Framing framing, WireInput in) {
        return switch (framing) {
            case Framing.None() -> new LengthInput(in, 0);
            case Framing.Length(long bytes) -> new LengthInput(in, bytes);
            case Framing.Chunked() -> new ChunkedInput(in);
            case Framing.UntilClose() -> new UntilCloseInput(in);
        };
    }

    /** Whether the whole body was read and the next byte on the connection belongs to the next message. */
    public boolean ended() {
        return ended;
    }

    /** At most {@code length} bytes; -1 at the end, and then not again. May call {@link #end()} with the last bytes. */
    abstract int next(byte[] target, int offset, int length) throws IOException;

    /** As the other, only while {@link #direct}. */
    int next(ByteBuffer target) throws IOException {
        throw new IllegalStateException("this framing is read line by line");
    }

    void end() {
        ended = true;
    }

    @Override
    public boolean direct() {
        return false;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        if (ended) {
            return -1;
        }
        return next(target);
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        if (ended) {
            return -1;
        }
        if (broken != null) {
            throw broken;
        }
        try {
            int count = next(target, offset, length);
            if (count < 0) {
                ended = true;
            }
            return count;
        } catch (WireException e) {
            broken = e;
            throw e;
        }
    }
}
