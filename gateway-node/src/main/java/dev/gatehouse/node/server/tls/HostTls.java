package dev.gatehouse.node.server.tls;

import dev.gatehouse.db.key.Secrets;
import dev.gatehouse.db.model.Certificate;
import dev.gatehouse.db.model.Certificate.ClientCertificate;
import dev.gatehouse.db.tls.PemException;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngine;

/**
 * One certificate at work: its hosts, what it asks of their callers, and its engines. One that cannot be used has no
 * engines, but what it asks goes on to hold: a host whose key is unreadable is not suddenly open to everybody.
 */
final class HostTls {

    private final String name;
    private final Certificate configured;
    private final List<String> hosts;
    private final ClientDemand demand;
    private final Optional<Engines> engines;

    private HostTls(
            String name, Certificate configured, List<String> hosts, ClientDemand demand, Optional<Engines> engines) {
        this.name = name;
        this.configured = configured;
        this.hosts = hosts;
        this.demand = demand;
        this.engines = engines;
    }

    /**
     * @throws GeneralSecurityException when certificate and key are of no use to the JDK
     * @throws RuntimeException when one of them cannot be read; the message is a sentence that says which
     */
    static HostTls of(String name, Certificate configured, Secrets secrets) throws GeneralSecurityException {
        var demand = ClientDemand.of(configured);
        var engines = new Engines(configured.certificates(), configured.key(secrets), demand);
        return new HostTls(name, configured, configured.names(), demand, Optional.of(engines));
    }

    static HostTls unusable(String name, Certificate configured) {
        try {
            var demand = ClientDemand.of(configured);
            return new HostTls(name, configured, configured.names(), demand, Optional.empty());
        } catch (PemException e) {
            // nobody meets a demand without authorities
            var demand = new ClientDemand(configured.clientCertificate(), List.of());
            return new HostTls(name, configured, configured.hosts(), demand, Optional.empty());
        }
    }

    String name() {
        return name;
    }

    /** Exact, or {@code *.example.com}; empty for one that only targets see. */
    List<String> hosts() {
        return hosts;
    }

    Certificate configured() {
        return configured;
    }

    ClientDemand demand() {
        return demand;
    }

    boolean requiresClient() {
        return demand.kind() == ClientCertificate.REQUIRED;
    }

    boolean isUsable() {
        return engines.isPresent();
    }

    /**
     * For one connection; empty when there is none.
     *
     * @param protocols for ALPN, the preferred one first
     */
    Optional<SSLEngine> engine(List<String> protocols) {
        return engines.map(made -> made.engine(protocols));
    }
}
