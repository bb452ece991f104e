package dev.gatehouse.deploy.bench;

import java.util.StringJoiner;
import java.util.concurrent.TimeUnit;

/** How long things took, in buckets that are less than 1 % wide. */
final class Latencies {

    private static final int BITS = 7;
    private static final int PER_OCTAVE = 1 << BITS;
    private static final int OCTAVES = 40;

    private final long[] counts = new long[OCTAVES * PER_OCTAVE];
    private long all;

    void add(long nanos) {
        long micros = Math.max(PER_OCTAVE, TimeUnit.NANOSECONDS.toMicros(nanos));
        int octave = Long.SIZE - 1 - Long.numberOfLeadingZeros(micros);
        int part = (int) (micros >> (octave - BITS)) - PER_OCTAVE;
        counts[Math.min(counts.length - 1, (octave - BITS) * PER_OCTAVE + part)]++;
        all++;
    }

    void add(Latencies others) {
        for (int i = 0; i < counts.length; i++) {
            counts[i] += others.counts[i];
        }
        all += others.all;
    }

    /** {@code bucket:count}, with a space between: what {@link #read} takes. */
    String written() {
        var text = new StringJoiner(" ");
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] > 0) {
                text.add(i + ":" + counts[i]);
            }
        }
        return text.toString();
    }

    static Latencies read(String text) {
        var read = new Latencies();
        for (var bucket : text.isEmpty() ? new String[0] : text.split(" ", -1)) {
            int colon = bucket.indexOf(':');
            long count = Long.parseLong(bucket.substring(colon + 1));
            read.counts[Integer.parseInt(bucket.substring(0, colon))] += count;
            read.all += count;
        }
        return read;
    }

    /** In milliseconds, that so many percent took at most; 0 where there were none. */
    double percentile(double percent) {
        long left = (long) Math.ceil(all * percent / 100);
        for (int i = 0; i < counts.length && all > 0; i++) {
            left -= counts[i];
            if (left <= 0) {
                return (double) ((i % PER_OCTAVE + PER_OCTAVE + 1L) << (i / PER_OCTAVE)) / 1000;
            }
        }
        return 0;
    }
}
