package dev.gatehouse.node.wire;

import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.node.exchange.ByteSource;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The bytes a peer sends, with the buffer that heads and chunk lines are cut from. After an exception of the stream
 * below, such as a timeout, what was read so far is still there and the call may be repeated.
 */
public final class WireInput {

    private static final int SIZE = 8 << 10;

    private static final byte[] NONE = {};

    private final InputStream in;
    private byte[] buffer;
    private int from;
    private int to;

    public WireInput(InputStream in) {
        this(in, NONE);
    }

    private WireInput(InputStream in, byte[] buffer) {
        this.in = in;
        this.buffer = buffer;
    }

    /** Bytes that were received and not consumed. */
    public int buffered() {
        return to - from;
    }

    /** Takes away the buffer of an input that holds nothing, so that somebody else may use it while nothing is read. */
    public byte[] lend() {
        if (from < to) {
            throw new IllegalStateException("the buffer is in use");
        }
        var lent = buffer;
        buffer = NONE;
        return lent;
    }

    /** @param lent what {@link #lend} gave; null when it is gone for good */
    public void giveBack(byte @Nullable [] lent) {
        buffer = lent == null ? NONE : lent;
    }

    /** Takes what is here. False: nothing is, or the peer ended the stream. */
    public boolean poll() throws IOException {
        if (from < to) {
            return true;
        }
        if (!(in instanceof Eager eager)) {
            return false;
        }
        makeRoom();
        int count = eager.readNow(buffer, to, buffer.length - to);
        to += Math.max(0, count);
        return count > 0;
    }

    /** Waits for at least one byte. False: the peer ended the stream. */
    public boolean await() throws IOException {
        return from < to || fill();
    }

    /**
     * Consumes those bytes when they come next, and nothing otherwise: it waits no longer than until a byte differs.
     *
     * @param expected shorter than a buffer
     */
    public boolean skip(byte[] expected) throws IOException {
        for (int i = 0; i < expected.length; i++) {
            while (to - from <= i) {
                if (!fill()) {
                    return false;
                }
            }
            if (buffer[from + i] != expected[i]) {
                return false;
            }
        }
        from += expected.length;
        return true;
    }

    /** At most {@code length} bytes, as {@link InputStream#read(byte[], int, int)}. */
    public int read(byte[] target, int offset, int length) throws IOException {
        if (from == to) {
            // no detour through the buffer for what is at least as large
            if (length >= SIZE) {
                return in.read(target, offset, length);
            }
            if (!fill()) {
                return -1;
            }
        }
        int count = Math.min(length, to - from);
        System.arraycopy(buffer, from, target, offset, count);
        from += count;
        return count;
    }

    /** Whether bytes can go from the channel into a buffer outside the heap. */
    boolean direct() {
        return from == to && in instanceof ByteSource source && source.direct();
    }

    /** Only while {@link #direct}. */
    int read(ByteBuffer target) throws IOException {
        return ((ByteSource) in).read(target);
    }

    /** A cut-out of the buffer, good until the next call. */
    static final class Span {
        final byte[] bytes;
        final int from;
        final int to;

        private Span(byte[] bytes, int from, int to) {
            this.bytes = bytes;
            this.from = from;
            this.to = to;
        }
    }

    /**
     * The next line. RFC 9112, 2.2 allows a bare LF as a line end; neighbours that disagree on it are how requests are
     * smuggled, so it is refused. The line end is consumed and not part of the span.
     *
     * @param limit bytes, line end not counted
     */
    Span line(int limit) throws IOException {
        for (int at = 0; ; at++) {
            require(at + 1);
            if (buffer[from + at] == '\n') {
                if (at == 0 || buffer[from + at - 1] != '\r') {
                    throw new WireException("a line must end with CR LF");
                }
                var span = new Span(buffer, from, from + at - 1);
                from += at + 1;
                return span;
            }
            if (at > limit) {
                throw new WireException("a line is longer than " + limit + " bytes");
            }
        }
    }

    /**
     * Everything up to and with the next empty line. Consumed as a whole or not at all.
     *
     * @param limit bytes
     */
    Span head(int limit) throws IOException {
        int line = 0;
        for (int at = 0; at < limit; ) {
            require(at + 1);
            int seen = Math.min(to - from, limit);
            for (; at < seen; at++) {
                if (buffer[from + at] != '\n') {
                    continue;
                }
                if (at == line || buffer[from + at - 1] != '\r') {
                    throw new WireException("a line must end with CR LF");
                }
                if (at == line + 1) {
                    var span = new Span(buffer, from, from + at + 1);
                    from += at + 1;
                    return span;
                }
                line = at + 1;
            }
        }
        throw new WireException(tooLarge(line, limit), "the message head is larger than " + limit + " bytes");
    }

    /** Which part of a head used up the limit: the fields, the target behind a method, or what is no start line at all. */
    private Refusal tooLarge(int line, int limit) {
        if (line > 0) {
            return Refusal.HEAD_TOO_LARGE;
        }
        for (int at = from; at < from + limit; at++) {
            if (buffer[at] == ' ') {
                return Refusal.TARGET_TOO_LONG;
            }
        }
        return Refusal.BAD_REQUEST;
    }

    /** What was received and not consumed, as far as the buffer has room for it, as a stream of its own. */
    WireInput ahead() throws IOException {
        while (in.available() > 0 && (from == to || to < buffer.length) && fill()) {
            // more had arrived
        }
        var copy = new WireInput(InputStream.nullInputStream(), Arrays.copyOfRange(buffer, from, to));
        copy.to = to - from;
        return copy;
    }

    /** Whether a line end comes next; it is consumed. */
    boolean lineEnd() throws IOException {
        require(2);
        from += 2;
        return buffer[from - 2] == '\r' && buffer[from - 1] == '\n';
    }

    /** Leaves out an empty line before a request: RFC 9112, 2.2, for clients that end a body with one too many. */
    void skipEmptyLine() throws IOException {
        while (to - from < 2 && (from == to || buffer[from] == '\r')) {
            if (!fill()) {
                return;
            }
        }
        if (buffer[from] == '\r' && buffer[from + 1] == '\n') {
            from += 2;
        }
    }

    private void require(int bytes) throws IOException {
        while (to - from < bytes) {
            if (!fill()) {
                throw new EOFException("the connection was closed in the middle of a message");
            }
        }
    }

    private boolean fill() throws IOException {
        makeRoom();
        int count = in.read(buffer, to, buffer.length - to);
        if (count <= 0) {
            return false;
        }
        to += count;
        return true;
    }

    private void makeRoom() {
        if (from == to) {
            from = 0;
            to = 0;
            if (buffer.length != SIZE) {
                buffer = new byte[SIZE];
            }
        } else if (to == buffer.length) {
            int held = to - from;
            var room = held > buffer.length / 2 ? new byte[buffer.length * 2] : buffer;
            System.arraycopy(buffer, from, room, 0, held);
            buffer = room;
            from = 0;
            to = held;
        }
    }
}
