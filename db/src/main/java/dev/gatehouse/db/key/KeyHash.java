package dev.gatehouse.db.key;

import java.security.MessageDigest;
import java.util.Arrays;

/** What is kept of a key: 32 bytes of HMAC-SHA-256, and which {@link Pepper} made them. */
public final class KeyHash {

    private final byte[] bytes;
    private final int pepperVersion;

    public KeyHash(byte[] bytes, int pepperVersion) {
        this.bytes = bytes.clone();
        this.pepperVersion = pepperVersion;
    }

    /** A copy. */
    public byte[] bytes() {
        return bytes.clone();
    }

    public int pepperVersion() {
        return pepperVersion;
    }

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
