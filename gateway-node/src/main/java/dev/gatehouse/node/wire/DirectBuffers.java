package dev.gatehouse.node.wire;

import java.nio.ByteBuffer;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/** A few buffers outside the heap for large bodies. Who finds none copies through the heap: memory stays bounded. */
final class DirectBuffers {

    private static final int SIZE = 64 << 10;
    private static final int COUNT = 64;

    private final BlockingQueue<ByteBuffer> free = new ArrayBlockingQueue<>(COUNT);
    private int made;

    /** Null when all are in use. It has to be given back. */
    @Nullable
    ByteBuffer take() {
        var buffer = free.poll();
        return buffer == null ? another() : buffer.clear();
    }

    void giveBack(ByteBuffer buffer) {
        free.add(buffer);
    }

    private synchronized @Nullable ByteBuffer another() {
        if (made == COUNT) {
            return null;
        }
        try {
            var buffer = ByteBuffer.allocateDirect(SIZE);
            made++;
            return buffer;
        } catch (OutOfMemoryError e) {
            // a small heap has a small room outside as well
            return null;
        }
    }
}
