package dev.gatehouse.node.server.tls;

import io.helidon.common.buffers.DataReader;
import java.io.IOException;
import java.nio.ByteBuffer;

/** What has come of a connection and was not taken yet. Holds no memory while that is nothing. */
final class Incoming {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private static final int RECORD_HEADER = 5;

    /** RFC 5246, 6.2.3: the longest that any version allows. */
    private static final int MAX_RECORD = RECORD_HEADER + (16 << 10) + 2048;

    private final DataReader reader;
    private ByteBuffer bytes = NOTHING;

    Incoming(DataReader reader) {
        this.reader = reader;
    }

    /** Whoever reads from it moves its position. */
    ByteBuffer bytes() {
        return bytes;
    }

    /** Waits for more. False at the end. */
    boolean more() throws IOException {
        try {
            var some = reader.readBuffer();
            var both = ByteBuffer.allocate(bytes.remaining() + some.available()).put(bytes);
            some.writeTo(both, some.available());
            bytes = both.flip();
            return true;
        } catch (DataReader.InsufficientDataAvailableException e) {
            return false;
        } catch (RuntimeException e) {
            throw new IOException("the client's connection failed", e);
        }
    }

    /** Waits until a record is there as a whole, or is one that an engine refuses at sight of its header. False at the end. */
    boolean awaitRecord() throws IOException {
        if (!bytes.hasRemaining()) {
            bytes = NOTHING;
        }
        while (bytes.remaining() < RECORD_HEADER || bytes.remaining() < recordLength()) {
            if (!more()) {
                return false;
            }
        }
        return true;
    }

    /** Of the record that was waited for, its header included; no text in it is longer. */
    int recordLength() {
        int length = RECORD_HEADER + Short.toUnsignedInt(bytes.getShort(bytes.position() + 3));
        return length > MAX_RECORD ? RECORD_HEADER : length;
    }
}
