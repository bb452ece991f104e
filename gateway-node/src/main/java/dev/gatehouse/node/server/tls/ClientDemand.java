package dev.gatehouse.node.server.tls;

import java.security.cert.X509Certificate;
import java.util.List;

/**
 * What a host wants to see of its callers. Two hosts with the same demand may share a connection.
 *
 * @param authorities who may vouch for a caller; empty when nothing is asked
 */
record ClientDemand(Kind kind, List<X509Certificate> authorities) {

    enum Kind {
        NONE,
        OPTIONAL,
        REQUIRED
    }

    static final ClientDemand NONE = new ClientDemand(Kind.NONE, List.of());

    ClientDemand {
        authorities = List.copyOf(authorities);
    }
}
