package dev.gatehouse.node.wire;

import java.nio.ByteBuffer;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.LinkedBlockingDeque;
import org.jspecify.annotations.Nullable;

/** A few buffers outside the heap for large bodies. Who finds none copies through the heap: memory stays bounded. */
final class DirectBuffers {

    private static final int SIZE = 64 << 10;
    private static final int COUNT = 64;

    /** The one used last is used next: the processor has it at hand. */
    private final BlockingDeque<ByteBuffer> free = new LinkedBlockingDeque<>(COUNT);

    private int made;

    /** Null when all are in use. It has to be given back. */
    @Nullable
    ByteBuffer take() {
        var buffer = free.pollFirst();
        return buffer == null ? another() : buffer.clear();
    }

    void giveBack(ByteBuffer buffer) {
        free.addFirst(buffer);
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
