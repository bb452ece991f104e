package dev.gatehouse.node.limit;

import java.util.Arrays;

/** Counts by the moment at which they are dated, oldest first; moments of one limit are few. Not thread-safe. */
final class Dated {

    private static final int FEW = 4;

    private long[] moments = new long[FEW];
    private long[] counts = new long[FEW];
    private int size;
    private long sum;

    void add(long moment, long count) {
        int at = size;
        while (at > 0 && moments[at - 1] > moment) {
            at--;
        }
        if (at > 0 && moments[at - 1] == moment) {
            counts[at - 1] += count;
        } else {
            insert(at, moment, count);
        }
        sum += count;
    }

    private void insert(int at, long moment, long count) {
        if (size == moments.length) {
            moments = Arrays.copyOf(moments, 2 * size);
            counts = Arrays.copyOf(counts, 2 * size);
        }
        System.arraycopy(moments, at, moments, at + 1, size - at);
        System.arraycopy(counts, at, counts, at + 1, size - at);
        moments[at] = moment;
        counts[at] = count;
        size++;
    }

    /** Takes so many of the moment out again, never more than there are. */
    void remove(long moment, long count) {
        for (int at = size - 1; at >= 0; at--) {
            if (moments[at] == moment) {
                long taken = Math.min(count, counts[at]);
                counts[at] -= taken;
                sum -= taken;
                return;
            }
        }
    }

    /** Drops all that are dated until then. */
    void forget(long until) {
        int gone = 0;
        while (gone < size && moments[gone] <= until) {
            sum -= counts[gone];
            gone++;
        }
        if (gone > 0) {
            size -= gone;
            System.arraycopy(moments, gone, moments, 0, size);
            System.arraycopy(counts, gone, counts, 0, size);
        }
    }

    /** Moves all of it into the other. */
    void into(Dated other) {
        for (int i = 0; i < size; i++) {
            other.add(moments[i], counts[i]);
        }
        size = 0;
        sum = 0;
    }

    long sum() {
        return sum;
    }

    int size() {
        return size;
    }

    long moment(int index) {
        return moments[index];
    }

    long count(int index) {
        return counts[index];
    }
}
