package dev.gatehouse.node.backend.balance;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Weighted rendezvous hashing: each thing has a number that comes of the subject and its own name alone, as if drawn from
 * an exponential distribution of its weight, and the least wins. Whatever comes, goes or changes its weight moves subjects
 * to it or from it and between no others, each share is exactly that of the weight, and all nodes draw alike. D. Thaler
 * and C. Ravishankar, 1998; the weights: J. Resch, 2015.
 */
public final class Rendezvous {

    private static final double UNIT = 0x1p-53;
    private static final int NETWORK_BYTES = 8;

    private Rendezvous() {}

    /**
     * The less, the better for that subject.
     *
     * @param subject from {@link #hash}, as is {@code name}
     * @param weight more than 0
     */
    public static double score(long subject, long name, double weight) {
        // in (0, 1): never 0, whose logarithm is none
        double uniform = ((mix(subject ^ name) >>> 11) + 0.5) * UNIT;
        // StrictMath: the same on every machine
        return -StrictMath.log(uniform) / weight;
    }

    public static long hash(String text) {
        return hash(text.getBytes(StandardCharsets.UTF_8));
    }

    /** An IPv6 customer holds at least a /64, so its addresses count as one. */
    public static long hash(InetAddress address) {
        var octets = address.getAddress();
        return hash(address instanceof Inet6Address ? Arrays.copyOf(octets, NETWORK_BYTES) : octets);
    }

    /** FNV-1a, 64 bits, and then mixed: alike texts are far apart. */
    private static long hash(byte[] octets) {
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
