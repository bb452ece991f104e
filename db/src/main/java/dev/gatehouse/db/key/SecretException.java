package dev.gatehouse.db.key;

/** A secret cannot be encrypted or decrypted; the message is a sentence that says why and what to do. */
public final class SecretException extends RuntimeException {
    private static final long serialVersionUID = 1;

    SecretException(String message) {
        super(message);
    }

    SecretException(String message, Throwable cause) {
        super(message, cause);
    }
}
