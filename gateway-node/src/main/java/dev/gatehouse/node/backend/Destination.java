package dev.gatehouse.node.backend;

/**
 * What connections have in common that can stand in for each other.
 *
 * @param tls {@link UpstreamTls#PLATFORM} where there is none
 */
record Destination(Origin origin, UpstreamTls tls, boolean http2) {

    Destination {
        tls = origin.tls() ? tls : UpstreamTls.PLATFORM;
    }

    /** The name for SNI and for the certificate. */
    String serverName() {
        return tls.serverName().isEmpty() ? origin.host() : tls.serverName();
    }

    /** For the log. */
    @Override
    public String toString() {
        return origin.toString();
    }
}
