package dev.gatehouse.db.settings;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A value in a few words, where a change is told: what is encrypted or has many lines is only told apart. */
public final class Brief {

    private static final int ENOUGH = 4;

    private Brief() {}

    /** Equal texts are told equally, others differently; most texts stay as they are. */
    public static String of(String text) {
        var encrypted = Sealed.read(text);
        if (encrypted.isPresent()) {
            return "encrypted with key " + encrypted.get().version() + " (" + sum(text) + ")";
        }
        if (text.startsWith("$argon2")) {
            return "password (" + sum(text) + ")";
        }
        return text.contains("\n") ? text.lines().count() + " lines (" + sum(text) + ")" : text;
    }

    private static String sum(String text) {
        try {
            var sum = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sum, 0, ENOUGH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
