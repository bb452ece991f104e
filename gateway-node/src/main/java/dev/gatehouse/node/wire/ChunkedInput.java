package dev.gatehouse.node.wire;

import dev.gatehouse.node.exchange.Headers;
import java.io.EOFException;
import java.io.IOException;

/** The chunked coding: RFC 9112, 7.1. Extensions are checked and read over. */
public final class ChunkedInput extends BodyInput {

    /** Of one chunk line; real extensions are far shorter. */
    private static final int LINE = 1 << 10;

    /** Of all extensions of a body: one-byte chunks with a long extension each are an attack (CVE-2023-39326). */
    private static final int EXTENSIONS = 16 << 10;

    private static final int TRAILER_BYTES = 8 << 10;
    private static final int TRAILER_FIELDS = 50;

    private long left;
    private boolean between = true;
    private boolean first = true;
    private int extensions;
    private Headers trailers = new Headers();

    ChunkedInput(WireInput in) {
        super(in);
    }

    /**
     * Reads what was received of a chunked body, and consumes nothing.
     *
     * @throws WireException when that much of it is malformed already
     */
    public static void check(WireInput in) throws IOException {
        var ahead = in.ahead();
        if (ahead.buffered() == 0) {
            return;
        }
        var sink = new byte[1 << 10];
        try (var body = new ChunkedInput(ahead)) {
            while (body.read(sink, 0, sink.length) >= 0) {
                // well-formed so far
            }
        } catch (EOFException e) {
            // the rest is on its way
        }
    }

    /** Fields after the last chunk; empty before {@link #ended()}. */
    public Headers trailers() {
        return trailers;
    }

    @Override
    public int available() {
        return (int) Math.min(left, in.buffered());
    }

    @Override
    int next(byte[] target, int offset, int length) throws IOException {
        if (between && !startChunk()) {
            return -1;
        }
        int count = in.read(target, offset, (int) Math.min(length, left));
        if (count < 0) {
            throw new EOFException("the body ended in the middle of a chunk");
        }
        left -= count;
        between = left == 0;
        return count;
    }

    private boolean startChunk() throws IOException {
        if (!first && !in.lineEnd()) {
            throw new WireException("a chunk must end with CR LF");
        }
        first = false;
        var line = in.line(LINE);
        int at = line.from;
        long size = 0;
        for (int digit; at < line.to && (digit = Octets.hex(line.bytes[at])) >= 0; at++) {
            // 15 digits: 2^60, far from overflow
            if (at - line.from == 15) {
                throw new WireException("a chunk size is too long");
            }
            size = size << 4 | digit;
        }
        if (at == line.from) {
            throw new WireException("a chunk size must be hexadecimal digits");
        }
        extension(line, at);
        if (size == 0) {
            readTrailers();
            return false;
        }
        left = size;
        between = false;
        return true;
    }

    private void extension(WireInput.Span line, int from) throws WireException {
        if (!ChunkExtension.wellFormed(line.bytes, from, line.to)) {
            throw new WireException("after a chunk size only ;name, ;name=token or ;name=\"text\" may follow");
        }
        extensions += line.to - from;
        if (extensions > EXTENSIONS) {
            throw new WireException("too many chunk extensions");
        }
    }

    private void readTrailers() throws IOException {
        var section = in.head(TRAILER_BYTES);
        trailers = Fields.parse(section.bytes, section.from, section.to, TRAILER_FIELDS);
    }
}
