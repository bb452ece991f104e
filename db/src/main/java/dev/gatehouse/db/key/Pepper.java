package dev.gatehouse.db.key;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secret beside the database that turns a key into its hash: who has only the database can neither check a
 * guess nor plant a key.
 */
public final class Pepper {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int SHORTEST = 16;

    private final int version;
    /** Keyed and never used itself: a copy of it needs no look-up and no key schedule. */
    private final Mac keyed;

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
        try {
            keyed = Mac.getInstance(ALGORITHM);
            keyed.init(new SecretKeySpec(text.getBytes(StandardCharsets.UTF_8), ALGORITHM));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has " + ALGORITHM, e);
        }
    }

    public int version() {
        return version;
    }

    /** HMAC-SHA-256 of the whole key. */
    public KeyHash hash(KeyText key) {
        return new KeyHash(hmac(key.text()), version);
    }

    /** HMAC-SHA-256 of the SHA-256 of a text that another product issued: that is all that was handed over of it. */
    public KeyHash hashImported(String text) {
        try {
            return hashImported(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
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
            return ((Mac) keyed.clone()).doFinal(text.getBytes(StandardCharsets.US_ASCII));
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("This JDK cannot copy a " + ALGORITHM, e);
        }
    }
}
