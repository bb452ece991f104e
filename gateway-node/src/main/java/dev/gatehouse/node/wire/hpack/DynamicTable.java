package dev.gatehouse.node.wire.hpack;

import dev.gatehouse.node.exchange.Headers.Field;
import dev.gatehouse.node.wire.WireException;
import java.util.Arrays;

/** The fields one peer asked the other to remember, newest first: RFC 7541, 2.3.2 and 4. */
final class DynamicTable {

    /** What an entry counts beside its octets: RFC 7541, 4.1. */
    static final int OVERHEAD = 32;

    private final int bound;
    private int max;
    private int size;
    private int count;
    private int newest;
    /** A ring: the newest entry at {@link #newest}, older ones behind it. */
    private Field[] ring = new Field[0];

    /** @param bound of its size, from the settings */
    DynamicTable(int bound) {
        this.bound = bound;
        max = bound;
    }

    /** @param index 1 is the newest */
    Field get(int index) throws WireException {
        if (index > count) {
            throw new WireException("HPACK: an index that nothing is stored at");
        }
        return ring[(newest + index - 1) % ring.length];
    }

    void resize(int size) throws WireException {
        if (size > bound) {
            throw new WireException("HPACK: a table larger than the settings allow");
        }
        max = size;
        evict(max);
    }

    /** An entry larger than the table empties it and is not kept: RFC 7541, 4.4. */
    void add(Field field) {
        int room = size(field);
        evict(max - room);
        if (room > max) {
            return;
        }
        if (count == ring.length) {
            grow();
        }
        newest = (newest + ring.length - 1) % ring.length;
        ring[newest] = field;
        count++;
        size += room;
    }

    static int size(Field field) {
        return field.name().length() + field.value().length() + OVERHEAD;
    }

    private void evict(int limit) {
        while (count > 0 && size > limit) {
            count--;
            size -= size(ring[(newest + count) % ring.length]);
        }
    }

    private void grow() {
        var larger = Arrays.copyOf(ring, Math.max(8, ring.length * 2));
        for (int i = 0; i < count; i++) {
            larger[i] = ring[(newest + i) % ring.length];
        }
        ring = larger;
        newest = 0;
    }
}
