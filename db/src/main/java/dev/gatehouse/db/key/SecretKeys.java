package dev.gatehouse.db.key;

import dev.gatehouse.db.settings.Sealed;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;

/** The two keys made of one secret: one encrypts, one draws the nonce (12 bytes) that stands before the encrypted text. */
final class SecretKeys {

    /** Bytes of the secret. */
    static final int LENGTH = 32;

    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final String MAC = "HmacSHA256";
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    private final SecretKey encryption;
    private final SecretKey nonces;

    SecretKeys(byte[] secret) {
        encryption = derived(secret, "AES", "gatehouse seal 1: encryption");
        nonces = derived(secret, MAC, "gatehouse seal 1: nonce");
    }

    private static SecretKey derived(byte[] secret, String algorithm, String purpose) {
        try {
            return KDF.getInstance("HKDF-SHA256")
                    .deriveKey(
                            algorithm,
                            HKDFParameterSpec.ofExtract()
                                    .addIKM(secret)
                                    .thenExpand(purpose.getBytes(StandardCharsets.US_ASCII), LENGTH));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK since 25 has HKDF-SHA256", e);
        }
    }

    byte[] seal(byte[] place, byte[] plain) {
        try {
            var mac = Mac.getInstance(MAC);
            mac.init(nonces);
            mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(place.length).array());
            mac.update(place);
            var nonce = Arrays.copyOf(mac.doFinal(plain), NONCE);
            var encrypted = cipher(Cipher.ENCRYPT_MODE, nonce, place).doFinal(plain);
            return ByteBuffer.allocate(NONCE + encrypted.length)
                    .put(nonce)
                    .put(encrypted)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has " + CIPHER + " and " + MAC, e);
        }
    }

    byte[] open(byte[] place, Sealed sealed) {
        try {
            var bytes = sealed.bytes();
            return cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(bytes, NONCE), place)
                    .doFinal(bytes, NONCE, bytes.length - NONCE);
        } catch (AEADBadTagException | IllegalArgumentException e) {
            throw new SecretException(
                    "The stored private key cannot be decrypted with key " + sealed.version()
                            + " of GATEHOUSE_SECRET_KEY: that is another key, or the text was altered or belongs to another certificate.",
                    e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has " + CIPHER, e);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, byte[] place) throws GeneralSecurityException {
        var cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, encryption, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(place);
        return cipher;
    }
}
