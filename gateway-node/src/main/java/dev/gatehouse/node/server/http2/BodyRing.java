package dev.gatehouse.node.server.http2;

import java.util.Arrays;

/** Octets in the order they came, in as much memory as they took at most. */
final class BodyRing {

    private byte[] ring = new byte[0];
    private int from;
    private int count;

    int count() {
        return count;
    }

    void add(byte[] source, int offset, int length) {
        if (ring.length - count < length) {
            grow(count + length);
        }
        int at = (from + count) % ring.length;
        int first = Math.min(length, ring.length - at);
        System.arraycopy(source, offset, ring, at, first);
        System.arraycopy(source, offset + first, ring, 0, length - first);
        count += length;
    }

    /** At most {@code length} octets. */
    int take(byte[] target, int offset, int length) {
        int taken = Math.min(length, count);
        int first = Math.min(taken, ring.length - from);
        System.arraycopy(ring, from, target, offset, first);
        System.arraycopy(ring, 0, target, offset + first, taken - first);
        count -= taken;
        from = count == 0 ? 0 : (from + taken) % ring.length;
        return taken;
    }

    void clear() {
        ring = new byte[0];
        from = 0;
        count = 0;
    }

    private void grow(int needed) {
        int first = Math.min(count, ring.length - from);
        var larger = Arrays.copyOfRange(ring, from, from + Math.max(needed, ring.length * 2));
        System.arraycopy(ring, 0, larger, first, count - first);
        ring = larger;
        from = 0;
    }
}
