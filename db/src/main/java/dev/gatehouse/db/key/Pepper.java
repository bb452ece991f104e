package dev.gatehouse.db.key;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The secret beside the database that turns a key into its hash: who has only the database can neither check a
 * guess nor plant a key.
 */
public final class Pepper {

    private static final String ALGORITHM = "SHA-256";
    private static final int SHORTEST = 16;
    private static final int BLOCK = 64;
    private static final byte INNER = 0x36;
    private static final byte OUTER = 0x5c;

    private final int version;
    /**
     * HMAC (RFC 2104) begins each of its two digests with a block that only the key decides. Both are kept behind that
     * block and never used themselves: of the five blocks of a key's hash two are then computed already, which the JDK's
     * own HMAC does not do.
     */
    private final MessageDigest inner;

    private final MessageDigest outer;

    /**
     * @param version stored beside each hash, so that peppers can be exchanged
     * @param text at least 16 characters
     */
    public Pepper(int version, String text) {
        if (text.length() < SHORTEST) {
            throw new IllegalArgumentException(
                    "The key pepper has " + text.length() + " characters; it must have at least " + SHORTEST
                            + ", such as the output of: openssl rand -hex 32");
        }
        this.version = version;
        var secret = text.getBytes(StandardCharsets.UTF_8);
        var key = secret.length > BLOCK ? digest().digest(secret) : secret;
        inner = begun(key, INNER);
        outer = begun(key, OUTER);
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance(ALGORITHM);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has " + ALGORITHM, e);
        }
    }

    private static MessageDigest begun(byte[] key, byte pad) {
        var block = Arrays.copyOf(key, BLOCK);
        for (int i = 0; i < BLOCK; i++) {
            block[i] ^= pad;
        }
        var digest = digest();
        digest.update(block);
        return digest;
    }

    public int version() {
        return version;
    }

    /** HMAC-SHA-256 of the whole key. */
    public KeyHash hash(KeyText key) {
        return new KeyHash(hmac(key.text()), version);
    }

    /** The bytes of {@link #hash(KeyText)} alone, for who looks them up. */
    public byte[] hashed(KeyText key) {
        return hmac(key.text());
    }

    /** HMAC-SHA-256 of the SHA-256 of a text that another product issued: that is all that was handed over of it. */
    public KeyHash hashImported(String text) {
        return hashImported(digest().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** @param sha256 32 bytes */
    public KeyHash hashImported(byte[] sha256) {
        return new KeyHash(hmac("imported:" + HexFormat.of().formatHex(sha256)), version);
    }

    /**
     * 32 bytes that are the same wherever this pepper is, and lead nobody to it.
     *
     * @param purpose visible ASCII; no two uses share one, and none looks like a key
     */
    public byte[] derive(String purpose) {
        return hmac("derived:" + purpose);
    }

    private byte[] hmac(String text) {
        try {
            var within = ((MessageDigest) inner.clone()).digest(text.getBytes(StandardCharsets.US_ASCII));
            return ((MessageDigest) outer.clone()).digest(within);
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("This JDK cannot copy a " + ALGORITHM, e);
        }
    }
}
