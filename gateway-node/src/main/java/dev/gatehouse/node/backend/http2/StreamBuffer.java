package dev.gatehouse.node.backend.http2;

import dev.gatehouse.node.wire.http2.Frame;

/** Bytes received and not yet read: a ring that grows to the size of a window and no further. */
final class StreamBuffer {

    private static final int SMALL = 2048;

    private byte[] ring = {};
    private int from;
    private int size;

    int size() {
        return size;
    }

    /** @param length no more than the window has room for */
    void put(byte[] source, int offset, int length) {
        if (length == 0) {
            return;
        }
        room(length);
        int at = (from + size) % ring.length;
        int first = Math.min(length, ring.length - at);
        System.arraycopy(source, offset, ring, at, first);
        System.arraycopy(source, offset + first, ring, 0, length - first);
        size += length;
    }

    /** @return how many bytes; 0 when there are none */
    int take(byte[] target, int offset, int length) {
        int count = Math.min(length, size);
        if (count == 0) {
            return 0;
        }
        int first = Math.min(count, ring.length - from);
        System.arraycopy(ring, from, target, offset, first);
        System.arraycopy(ring, 0, target, offset + first, count - first);
        size -= count;
        from = size == 0 ? 0 : (from + count) % ring.length;
        return count;
    }

    private void room(int more) {
        int needed = size + more;
        if (needed > ring.length) {
            var larger = new byte[Math.min(Frame.WINDOW, Math.max(SMALL, Integer.highestOneBit(needed) << 1))];
            int count = take(larger, 0, size);
            ring = larger;
            from = 0;
            size = count;
        }
    }
}
