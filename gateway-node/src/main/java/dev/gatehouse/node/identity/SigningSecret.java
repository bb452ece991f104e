package dev.gatehouse.node.identity;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A secret that signs with HMAC-SHA-256. */
public final class SigningSecret {

    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    SigningSecret(byte[] secret) {
        key = new SecretKeySpec(secret, ALGORITHM);
    }

    /** In constant time. */
    public boolean signed(String text, byte[] signature) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return MessageDigest.isEqual(mac.doFinal(text.getBytes(StandardCharsets.ISO_8859_1)), signature);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has " + ALGORITHM, e);
        }
    }

    /** Without the secret: this may end in a log. */
    @Override
    public String toString() {
        return "signing secret";
    }
}
