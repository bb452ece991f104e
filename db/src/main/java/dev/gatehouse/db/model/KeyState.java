package dev.gatehouse.db.model;

/** Whether a key is taken. */
public enum KeyState {
    IN_FORCE("in force"),
    EARLY("not yet valid"),
    EXPIRED("expired"),
    REVOKED("revoked");

    private final String written;

    KeyState(String written) {
        this.written = written;
    }

    @Override
    public String toString() {
        return written;
    }
}
