package dev.gatehouse.node.wire;

import dev.gatehouse.node.exchange.ByteSource;
import dev.gatehouse.node.exchange.Headers;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.Supplier;

/** A head and the body behind it, sent as the body arrives. */
public final class BodyWriter {

    private static final int FRAME = 16 << 10;

    /** For a body that is known to be long, or shows it: half the calls that a smaller one takes. */
    private static final int LARGE = 32 << 10;

    private static final DirectBuffers BUFFERS = new DirectBuffers();

    private final OutputStream out;

    public BodyWriter(OutputStream out) {
        this.out = out;
    }

    /**
     * A body of that length.
     *
     * @throws IOException when it ends earlier: nothing that looks like an end was sent then
     */
    public void length(HeadBuffer head, InputStream body, long length) throws IOException {
        if (length == 0) {
            head.writeTo(out);
            return;
        }
        long left = length;
        int here = (int) Math.min(Math.min(left, LARGE), body.available());
        if (here > 0) {
            // what is here already shares the first packet with the head
            left -= some(head.append(body, here), left);
        }
        head.writeTo(out);
        left = direct(body, left);
        if (left > 0) {
            copied(body, left);
        }
    }

    /** From channel to channel, as far as that goes. Returns how many bytes are left. */
    private long direct(InputStream body, long length) throws IOException {
        if (length <= FRAME
                || !(out instanceof ByteSink sink && sink.direct())
                || !(body instanceof ByteSource source && source.direct())) {
            return length;
        }
        var buffer = BUFFERS.take();
        if (buffer == null) {
            return length;
        }
        try {
            long left = length;
            while (left > 0 && source.direct()) {
                left -= some(source.read(buffer.clear()), left);
                sink.write(buffer.flip());
            }
            return left;
        } finally {
            BUFFERS.giveBack(buffer);
        }
    }

    private void copied(InputStream body, long length) throws IOException {
        var buffer = new byte[(int) Math.min(length, LARGE)];
        for (long left = length; left > 0; ) {
            int count = read(body, buffer, left);
            left -= count;
            out.write(buffer, 0, count);
        }
    }

    /** A body whose length shows at its end, in the chunked coding. */
    public void chunked(HeadBuffer head, InputStream body) throws IOException {
        chunked(head, body, Headers::new);
    }

    /** @param trailers asked for once the body has ended; what is sent behind it */
    public void chunked(HeadBuffer head, InputStream body, Supplier<Headers> trailers) throws IOException {
        head.writeTo(out);
        var frame = new ChunkFrame(FRAME);
        int count;
        while ((count = body.read(frame.bytes(), frame.offset(), frame.capacity())) >= 0) {
            frame.writeTo(out, count);
            if (count == FRAME) {
                frame = new ChunkFrame(LARGE);
            }
        }
        ChunkFrame.end(out, trailers.get());
    }

    /** A body that ends with the connection. */
    public void untilClose(HeadBuffer head, InputStream body) throws IOException {
        head.writeTo(out);
        var buffer = new byte[FRAME];
        int count;
        while ((count = body.read(buffer)) >= 0) {
            out.write(buffer, 0, count);
        }
    }

    private static int read(InputStream body, byte[] buffer, long left) throws IOException {
        return some(body.read(buffer, 0, (int) Math.min(left, buffer.length)), left);
    }

    private static int some(int count, long left) throws IOException {
        if (count < 0) {
            throw cutShort(left);
        }
        return count;
    }

    private static IOException cutShort(long left) {
        return new IOException("a body ended " + left + " bytes short of its length");
    }
}
