package dev.gatehouse.node.server.tls;

import dev.gatehouse.node.wire.PeerChannel;
import java.io.IOException;
import java.nio.ByteBuffer;

/** What has come of a connection and was not taken yet. Holds little memory while that is nothing. */
final class Incoming {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private static final int RECORD_HEADER = 5;

    /** RFC 5246, 6.2.3: the longest that any version allows. */
    private static final int MAX_RECORD = RECORD_HEADER + (16 << 10) + 2048;

    /** As large as most requests. */
    private static final int FEW = 1 << 10;

    private final PeerChannel peer;
    private ByteBuffer bytes = NOTHING;
    /** More came than there was room for: so it will be with the next. */
    private boolean much;

    Incoming(PeerChannel peer) {
        this.peer = peer;
    }

    /** Whoever reads from it moves its position. */
    ByteBuffer bytes() {
        return bytes;
    }

    /** Waits for more. False at the end. */
    boolean more() throws IOException {
        if (!bytes.hasRemaining() && bytes.capacity() > FEW) {
            bytes = NOTHING;
            much = false;
        }
        var room = room();
        try {
            return peer.read(room) > 0;
        } finally {
            take(room);
        }
    }

    private boolean moreNow() throws IOException {
        var room = room();
        try {
            return peer.readNow(room) > 0;
        } finally {
            take(room);
        }
    }

    private ByteBuffer room() {
        int held = bytes.remaining();
        int record = held < RECORD_HEADER ? 0 : recordLength();
        int size = Math.max(much ? MAX_RECORD : FEW, Math.max(record, held + 1));
        return bytes.capacity() < size ? ByteBuffer.allocate(size).put(bytes) : bytes.compact();
    }

    private void take(ByteBuffer room) {
        much = !room.hasRemaining();
        bytes = room.flip();
    }

    /** Waits until a record is there as a whole, or is one that an engine refuses at sight of its header. False at the end. */
    boolean awaitRecord() throws IOException {
        while (!hasRecord()) {
            if (!more()) {
                return false;
            }
        }
        return true;
    }

    /** Whether one is there, without waiting for it. */
    boolean pollRecord() throws IOException {
        return hasRecord() || (moreNow() && hasRecord());
    }

    private boolean hasRecord() {
        return bytes.remaining() >= RECORD_HEADER && bytes.remaining() >= recordLength();
    }

    /** Of the record that was waited for, its header included; no text in it is longer. */
    int recordLength() {
        int length = RECORD_HEADER + Short.toUnsignedInt(bytes.getShort(bytes.position() + 3));
        return length > MAX_RECORD ? RECORD_HEADER : length;
    }
}
