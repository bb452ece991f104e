package dev.gatehouse.node.wire;

import java.io.IOException;

/** A stream that can tell whether something is here. */
public interface Eager {

    /** As {@link java.io.InputStream#read(byte[], int, int)}, but 0 when nothing has come, or that cannot be told. */
    int readNow(byte[] target, int offset, int length) throws IOException;
}
