package dev.gatehouse.node.backend;

import java.net.URI;

/**
 * Where a connection leads.
 *
 * @param host a name or an address, an IPv6 one without brackets
 */
record Origin(boolean tls, String host, int port) {

    /** @throws IllegalArgumentException when it is not http or https with a host */
    static Origin of(URI uri) {
        boolean tls = "https".equalsIgnoreCase(uri.getScheme());
        boolean known = tls || "http".equalsIgnoreCase(uri.getScheme());
        boolean port = uri.getPort() != 0 && uri.getPort() <= 65535;
        if (!known || !port || uri.getHost() == null || uri.getUserInfo() != null) {
            throw new IllegalArgumentException("'" + uri + "' is not a target: write http://host:port or https://host");
        }
        var host = uri.getHost();
        if (host.startsWith("[")) {
            host = host.substring(1, host.length() - 1);
        }
        return new Origin(tls, host, uri.getPort() > 0 ? uri.getPort() : tls ? 443 : 80);
    }

    /** @param other 0 for the same */
    Origin at(int other) {
        return other == 0 ? this : new Origin(tls, host, other);
    }

    @Override
    public String toString() {
        return (tls ? "https://" : "http://") + host + ":" + port;
    }
}
