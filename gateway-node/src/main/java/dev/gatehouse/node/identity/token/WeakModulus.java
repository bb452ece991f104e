package dev.gatehouse.node.identity.token;

import java.math.BigInteger;

/**
 * RSA keys whose primes a faulty library chose, so that they can be found from the public key: CVE-2017-15361 (Nemec et
 * al., "The Return of Coppersmith's Attack", 2017). Their modulus is a power of 65537 by each of these primes; of sound
 * keys hardly one in 10^8 is.
 */
final class WeakModulus {

    private static final int[] PRIMES = {
        3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97, 101, 103, 107, 109,
        113, 127, 131, 137, 139, 149, 151, 157, 163, 167
    };
    private static final int GENERATOR = 65_537;

    private WeakModulus() {}

    static boolean is(BigInteger modulus) {
        for (int prime : PRIMES) {
            if (!isPower(modulus.mod(BigInteger.valueOf(prime)).intValue(), prime)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPower(int value, int prime) {
        int power = 1;
        for (int i = 0; i < prime; i++) {
            if (power == value) {
                return true;
            }
            power = (int) ((long) power * GENERATOR % prime);
        }
        return false;
    }
}
