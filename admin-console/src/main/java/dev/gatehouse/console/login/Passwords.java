package dev.gatehouse.console.login;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import java.security.SecureRandom;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Argon2id as OWASP recommends it: 19 MiB, two passes. Two at a time, so that guessing cannot use up the memory. */
final class Passwords {

    private static final Argon2Function ARGON2 = Argon2Function.getInstance(19_456, 2, 1, 32, Argon2.ID);
    private static final int SALT_BYTES = 16;
    private static final int AT_ONCE = 2;
    private static final long PATIENCE_SECONDS = 5;

    /** Letters and digits that are not mistaken for each other. */
    private static final String ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";

    private static final int GROUPS = 5;
    private static final int GROUP = 4;

    private final Semaphore free = new Semaphore(AT_ONCE, true);
    private final String nobody = hash(generate());

    /** Thrown when too many passwords are being checked already. */
    static final class Busy extends RuntimeException {
        private static final long serialVersionUID = 1;

        Busy() {
            super("Too many passwords are being checked at once.");
        }
    }

    /** A password of 99 random bits, such as {@code k7fq-2mzp-w4nd-8rtc-h5xe}. */
    static String generate() {
        var random = new SecureRandom();
        var password = new StringBuilder();
        for (int group = 0; group < GROUPS; group++) {
            password.append(group == 0 ? "" : "-");
            for (int i = 0; i < GROUP; i++) {
                password.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
            }
        }
        return password.toString();
    }

    String hash(String password) {
        take();
        try {
            return Password.hash(password)
                    .addRandomSalt(SALT_BYTES)
                    .with(ARGON2)
                    .getResult();
        } finally {
            free.release();
        }
    }

    boolean matches(String password, String hash) {
        take();
        try {
            return Password.check(password, hash).with(Argon2Function.getInstanceFromHash(hash));
        } finally {
            free.release();
        }
    }

    /** Takes as long as a real check, so that the time does not tell whether a user exists. */
    boolean matchesNobody(String password) {
        var _ = matches(password, nobody);
        return false;
    }

    private void take() {
        try {
            if (!free.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new Busy();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Busy();
        }
    }
}
