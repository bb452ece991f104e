package dev.gatehouse.deploy.ledger;

import java.util.Arrays;

/** What may be said of any span of a window's length, wherever it begins. */
final class AnySpan {

    private AnySpan() {}

    /**
     * The most moments in one half-open span of that length.
     *
     * @param moments in any order
     */
    static int most(long[] moments, long length) {
        return mostInside(moments, moments, length);
    }

    /**
     * The most of those that are certainly in one span. A request was decided on at some moment between the one at which
     * it was sent and the one at which it arrived; only where both are in the span is there no doubt. So a limit that is
     * kept never looks broken because some requests took long, and a larger number is a proof.
     *
     * @param from when each was sent
     * @param to when each arrived, not earlier
     */
    static int mostInside(long[] from, long[] to, long length) {
        // the span [t, t + length) holds request i when to[i] - length < t <= from[i]: where do most of those overlap?
        var opens = new long[from.length];
        var closes = new long[from.length];
        int count = 0;
        for (int i = 0; i < from.length; i++) {
            if (to[i] - length < from[i]) {
                opens[count] = to[i] - length;
                closes[count++] = from[i];
            }
        }
        Arrays.sort(opens, 0, count);
        Arrays.sort(closes, 0, count);
        int most = 0;
        int opened = 0;
        for (int closed = 0; closed < count; closed++) {
            while (opened < count && opens[opened] < closes[closed]) {
                opened++;
            }
            most = Math.max(most, opened - closed);
        }
        return most;
    }

    /**
     * How many of those moments a limit without any slack would have admitted: the first, and each before which fewer
     * than {@code limit} were admitted within the length.
     *
     * @param moments ascending
     */
    static int ideal(long[] moments, int limit, long length) {
        var admitted = new long[Math.min(limit, moments.length)];
        int count = 0;
        for (long moment : moments) {
            int place = count % limit;
            if (count < limit || moment - admitted[place] >= length) {
                admitted[place] = moment;
                count++;
            }
        }
        return count;
    }
}
