package dev.gatehouse.node.backend;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/**
 * What connections have in common that can stand in for each other.
 *
 * @param address one that the origin's host stands for; null where the host is one itself
 * @param tls {@link UpstreamTls#PLATFORM} where there is none
 */
record Destination(Origin origin, @Nullable InetAddress address, UpstreamTls tls, boolean http2) {

    Destination {
        tls = origin.tls() ? tls : UpstreamTls.PLATFORM;
    }

    /** Whose host is an address. */
    Destination(Origin origin, UpstreamTls tls, boolean http2) {
        this(origin, null, tls, http2);
    }

    /** Where to connect to. */
    InetAddress place() throws UnknownHostException {
        if (address != null) {
            return address;
        }
        try {
            return InetAddress.ofLiteral(origin.host());
        } catch (IllegalArgumentException e) {
            throw new UnknownHostException("'" + origin.host() + "' was not looked up");
        }
    }

    /** The name for SNI and for the certificate. */
    String serverName() {
        return tls.serverName().isEmpty() ? origin.host() : tls.serverName();
    }

    /** For the log. */
    @Override
    public String toString() {
        return address == null ? origin.toString() : origin + " at " + address.getHostAddress();
    }
}
