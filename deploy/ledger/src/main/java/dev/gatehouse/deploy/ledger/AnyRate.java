package dev.gatehouse.deploy.ledger;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** What may be said of a rate over every span, wherever it begins and however long it is. */
final class AnyRate {

    /** Far below anything that is counted. */
    private static final double NOT_YET = -1e9;

    private static final double ROUNDING = 1e-6;

    /** For each place in a span's beginnings: what is counted from there on, and the best of those that may begin there. */
    private final double[] count;

    private final double[] best;
    private final int size;

    private AnyRate(int places) {
        size = Integer.highestOneBit(Math.max(1, places)) * 2;
        count = new double[2 * size];
        best = new double[2 * size];
        Arrays.fill(best, NOT_YET);
    }

    /**
     * The most that certainly was in a span, less what the rate gives in it. As in {@link AnySpan#mostInside} a request
     * counts where it was both sent and arrived in the span.
     *
     * @param from when each was sent
     * @param to when each arrived, not earlier
     */
    static int mostBeyond(long[] from, long[] to, double perNano) {
        var begins = Arrays.stream(from).sorted().toArray();
        var byEnd = IntStream.range(0, from.length)
                .boxed()
                .sorted(Comparator.comparingLong(i -> to[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        var places = new AnyRate(from.length);
        var taken = new int[from.length];
        double most = 0;
        for (int i : byEnd) {
            int first = firstOf(begins, from[i]);
            places.add(first + taken[first]++, (from[i] - begins[0]) * perNano);
            most = Math.max(most, places.best[1] - (to[i] - begins[0]) * perNano);
        }
        return (int) Math.ceil(most - ROUNDING);
    }

    private static int firstOf(long[] ascending, long moment) {
        int place = Arrays.binarySearch(ascending, moment);
        while (place > 0 && ascending[place - 1] == moment) {
            place--;
        }
        return place;
    }

    /** One more counts in all spans that begin there or earlier, and one may begin there. */
    private void add(int place, double given) {
        int node = size + place;
        count[node] = 1;
        best[node] = given + 1;
        for (node /= 2; node > 0; node /= 2) {
            count[node] = count[2 * node] + count[2 * node + 1];
            best[node] = Math.max(best[2 * node] + count[2 * node + 1], best[2 * node + 1]);
        }
    }

    /**
     * How many of those moments a bucket without any slack would have admitted.
     *
     * @param moments ascending
     */
    static int ideal(long[] moments, double perNano, int burst) {
        double level = 0;
        long at = 0;
        int admitted = 0;
        for (long moment : moments) {
            level = Math.max(0, level - (moment - at) * perNano);
            at = moment;
            if (level + 1 <= burst + ROUNDING) {
                level++;
                admitted++;
            }
        }
        return admitted;
    }
}
