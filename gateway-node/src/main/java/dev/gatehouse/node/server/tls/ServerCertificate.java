package dev.gatehouse.node.server.tls;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;

/**
 * A certificate, ready to be shown, and what goes for its hosts.
 *
 * @param chain the certificate, then each one's issuer; at least one
 * @param hosts exact, or {@code *.example.com} for one label; in lower case
 * @param hsts how long browsers shall insist on https; zero: it is not said
 * @param redirect whether plain http is answered with a redirect to https
 */
record ServerCertificate(
        String name,
        List<X509Certificate> chain,
        PrivateKey key,
        List<String> hosts,
        ClientDemand clients,
        Duration hsts,
        boolean redirect) {

    ServerCertificate {
        chain = List.copyOf(chain);
        hosts = List.copyOf(hosts);
    }
}
