package dev.gatehouse.node.backend;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Draws one of several things, each as often as its weight says.
 *
 * <p>For a subject that is to stay, the draw is weighted rendezvous hashing: each thing has a number that comes of the
 * subject and its own name alone, as if drawn from an exponential distribution of its weight, and the least wins. When
 * one weight grows, its number falls and no other changes, so subjects move to it and nowhere else; with ranges on one
 * line, every border behind it would move, and with it subjects between things whose weights stayed. The order does not
 * matter, and neither does which node draws. D. Thaler and C. Ravishankar, 1998; the weights: J. Resch, 2015.
 */
final class Draw {

    private static final double UNIT = 0x1p-53;

    private final long[] names;
    private final long[] weights;
    private final long sum;

    /**
     * @param weights 0 or more, as many as there are names
     * @throws IllegalArgumentException when all are 0
     */
    Draw(List<String> names, List<Long> weights) {
        this.names = names.stream().mapToLong(Draw::hash).toArray();
        this.weights = weights.stream().mapToLong(Long::longValue).toArray();
        sum = weights.stream().mapToLong(Long::longValue).sum();
        if (sum <= 0) {
            throw new IllegalArgumentException("a split needs a weight above 0");
        }
    }

    /** @param chance in [0, 1) */
    int byChance(double chance) {
        long at = (long) (chance * sum);
        for (int i = 0; ; i++) {
            at -= weights[i];
            if (at < 0) {
                return i;
            }
        }
    }

    /** @param subject from {@link #hash}; the same again is given the same */
    int forSubject(long subject) {
        int winner = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < names.length; i++) {
            if (weights[i] > 0) {
                // in (0, 1): never 0, whose logarithm is none
                double uniform = ((mix(subject ^ names[i]) >>> 11) + 0.5) * UNIT;
                // StrictMath: the same on every machine
                double score = -StrictMath.log(uniform) / weights[i];
                if (score < least) {
                    least = score;
                    winner = i;
                }
            }
        }
        return winner;
    }

    static long hash(String text) {
        return hash(text.getBytes(StandardCharsets.UTF_8));
    }

    /** FNV-1a, 64 bits, and then mixed: alike texts are far apart. */
    static long hash(byte[] octets) {
        long hash = 0xcbf29ce484222325L;
        for (byte octet : octets) {
            hash = (hash ^ (octet & 0xff)) * 0x100000001b3L;
        }
        return mix(hash);
    }

    /** The finisher of SplitMix64: each bit of the input changes half of the output's. */
    private static long mix(long bits) {
        long mixed = bits;
        mixed = (mixed ^ (mixed >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }
}
