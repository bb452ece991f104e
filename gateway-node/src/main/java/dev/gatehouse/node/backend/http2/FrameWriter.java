package dev.gatehouse.node.backend.http2;

import dev.gatehouse.node.wire.http2.ErrorCode;
import dev.gatehouse.node.wire.http2.Frame;
import dev.gatehouse.node.wire.http2.Http2Exception;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;

/**
 * Sends frames, whole and one after the other, for any thread. Small ones are never waited for: whoever is writing sends
 * them too. So the thread that reads goes on reading while the peer does not, and neither can lock the other up.
 */
final class FrameWriter {

    /** Answers to a peer that asks and does not read. */
    private static final int WAITING = 1000;

    private final OutputStream out;
    private final ReentrantLock lock = new ReentrantLock();
    private final ConcurrentLinkedQueue<byte[]> small = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final byte[] buffer = new byte[Frame.HEAD + Frame.SIZE];
    private volatile long since;
    private volatile boolean writing;

    FrameWriter(OutputStream out) {
        this.out = out;
    }

    /** For how long a write has been going on, in nanoseconds. */
    long stalled(long now) {
        return writing ? now - since : 0;
    }

    /** @param preface sent before anything else */
    void open(byte[] preface) throws IOException {
        lock.lock();
        try {
            write(preface, preface.length);
        } finally {
            lock.unlock();
        }
    }

    /** A frame without flow control. */
    void send(byte[] frame) throws IOException {
        if (waiting.incrementAndGet() > WAITING) {
            throw Http2Exception.connection(ErrorCode.ENHANCE_YOUR_CALM, "it asks more than it reads");
        }
        small.add(frame);
        flush();
    }

    /**
     * A header block.
     *
     * @param stream asked for its number when no other frame can come between: numbers go out in their order, and
     *     nothing goes out on a stream that was reset; 0 for not any more
     * @param end whether no body follows
     * @return whether it was sent
     */
    boolean headers(IntSupplier stream, byte[] block, boolean end) throws IOException {
        return whole(stream, id -> {
            int sent = 0;
            do {
                int count = Math.min(Frame.SIZE, block.length - sent);
                boolean last = sent + count == block.length;
                int type = sent == 0 ? Frame.HEADERS : Frame.CONTINUATION;
                int flags = (last ? Frame.END_HEADERS : 0) | (sent == 0 && end ? Frame.END_STREAM : 0);
                frame(type, flags, id, block, sent, count);
                sent += count;
            } while (sent < block.length);
        });
    }

    /**
     * A piece of a body.
     *
     * @param stream as of {@link #headers}
     * @param length at most {@link Frame#SIZE}, which no peer may refuse
     * @return whether it was sent
     */
    boolean data(IntSupplier stream, byte[] source, int offset, int length, boolean end) throws IOException {
        return whole(stream, id -> frame(Frame.DATA, end ? Frame.END_STREAM : 0, id, source, offset, length));
    }

    /** Frames of a stream, between which no other comes. */
    private interface Frames {
        void write(int stream) throws IOException;
    }

    private boolean whole(IntSupplier stream, Frames frames) throws IOException {
        int id;
        lock.lock();
        try {
            id = stream.getAsInt();
            if (id != 0) {
                frames.write(id);
            }
        } finally {
            lock.unlock();
        }
        // what others left here meanwhile, also where there was nothing to send: perhaps that the stream is given up
        flush();
        return id != 0;
    }

    private void frame(int type, int flags, int stream, byte[] source, int offset, int length) throws IOException {
        Frame.head(buffer, 0, length, type, flags, stream);
        System.arraycopy(source, offset, buffer, Frame.HEAD, length);
        write(buffer, Frame.HEAD + length);
    }

    private void flush() throws IOException {
        // who holds the lock comes by here afterwards
        while (!small.isEmpty() && lock.tryLock()) {
            try {
                byte[] frame;
                while ((frame = small.poll()) != null) {
                    waiting.decrementAndGet();
                    write(frame, frame.length);
                }
            } finally {
                lock.unlock();
            }
        }
    }

    private void write(byte[] bytes, int length) throws IOException {
        since = System.nanoTime();
        writing = true;
        out.write(bytes, 0, length);
        writing = false;
    }
}
