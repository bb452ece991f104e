package dev.gatehouse.node.wire;

import java.io.IOException;
import java.nio.ByteBuffer;

/** An output that can also take bytes from a buffer outside the heap, which the kernel takes without a copy between. */
public interface ByteSink {

    /** Whether it can: nothing lies between us and the channel. */
    boolean direct();

    /** All that remains. */
    void write(ByteBuffer source) throws IOException;
}
