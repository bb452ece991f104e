package dev.gatehouse.db.tls;

/** A PEM text cannot be used; the message is a sentence that never repeats the text. */
public final class PemException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public PemException(String message) {
        super(message);
    }

    PemException(String message, Throwable cause) {
        super(message, cause);
    }
}
