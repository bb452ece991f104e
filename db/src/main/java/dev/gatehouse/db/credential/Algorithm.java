package dev.gatehouse.db.credential;

/** How tokens are signed: RFC 7518, 3.1 and RFC 8037. Only with public keys, so that nothing here can make one. */
public enum Algorithm {
    RS256,
    RS384,
    RS512,
    PS256,
    PS384,
    PS512,
    ES256,
    ES384,
    ES512,
    EDDSA("EdDSA");

    private final String written;

    Algorithm() {
        written = name();
    }

    Algorithm(String written) {
        this.written = written;
    }

    /** As tokens have it. */
    @Override
    public String toString() {
        return written;
    }
}
