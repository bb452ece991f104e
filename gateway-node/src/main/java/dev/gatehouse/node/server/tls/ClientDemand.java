package dev.gatehouse.node.server.tls;

import dev.gatehouse.db.model.Certificate;
import dev.gatehouse.db.model.Certificate.ClientCertificate;
import dev.gatehouse.db.tls.Pem;
import dev.gatehouse.db.tls.PemException;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * What a host wants to see of its callers. Hosts with the same demand may share a connection.
 *
 * @param authorities who may vouch for a caller; empty when nothing is asked
 */
record ClientDemand(ClientCertificate kind, List<X509Certificate> authorities) {

    ClientDemand {
        authorities = List.copyOf(authorities);
    }

    /** @throws PemException when the authorities cannot be read */
    static ClientDemand of(Certificate configured) {
        return switch (configured.clientCertificate()) {
            case NONE -> new ClientDemand(ClientCertificate.NONE, List.of());
            case OPTIONAL, REQUIRED ->
                new ClientDemand(configured.clientCertificate(), Pem.certificates(configured.clientAuthorities()));
        };
    }
}
