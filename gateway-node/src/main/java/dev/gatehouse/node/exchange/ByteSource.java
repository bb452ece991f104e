package dev.gatehouse.node.exchange;

import java.io.IOException;
import java.nio.ByteBuffer;

/** A stream that can also give its bytes into a buffer outside the heap, where the kernel puts them without a copy between. */
public interface ByteSource {

    /** Whether it can now: nothing of it stands in a buffer of ours, nothing lies between us and the channel. */
    boolean direct();

    /** As {@link java.io.InputStream#read(byte[], int, int)}, into what remains of the buffer. */
    int read(ByteBuffer target) throws IOException;
}
