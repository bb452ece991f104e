package dev.gatehouse.db.key;

import java.security.MessageDigest;
import java.util.Arrays;

/**
 * What is kept of a key.
 *
 * @param bytes 32 bytes of HMAC-SHA-256; not to be changed
 * @param pepperVersion which {@link Pepper} made it
 */
public record KeyHash(byte[] bytes, int pepperVersion) {

    /** In constant time. */
    @Override
    public boolean equals(Object other) {
        return other instanceof KeyHash hash
                && pepperVersion == hash.pepperVersion
                && MessageDigest.isEqual(bytes, hash.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** Without the bytes: this may end in a log. */
    @Override
    public String toString() {
        return "key hash, pepper " + pepperVersion;
    }
}
