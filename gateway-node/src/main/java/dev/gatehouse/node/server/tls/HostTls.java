package dev.gatehouse.node.server.tls;

import dev.gatehouse.db.key.Secrets;
import dev.gatehouse.db.model.Certificate;
import dev.gatehouse.db.model.Certificate.ClientCertificate;
import dev.gatehouse.db.tls.PemException;
import dev.gatehouse.db.tls.Validity;
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
    private final Optional<Shown> shown;

    /** What callers get to see. */
    private record Shown(Engines engines, Validity validity) {}

    private HostTls(
            String name, Certificate configured, List<String> hosts, ClientDemand demand, Optional<Shown> shown) {
        this.name = name;
        this.configured = configured;
        this.hosts = hosts;
        this.demand = demand;
        this.shown = shown;
    }

    /**
     * @throws GeneralSecurityException when certificate and key are of no use to the JDK
     * @throws RuntimeException when one of them cannot be read; the message is a sentence that says which
     */
    static HostTls of(String name, Certificate configured, Secrets secrets) throws GeneralSecurityException {
        var demand = ClientDemand.of(configured);
        var certificates = configured.certificates();
        var engines = new Engines(certificates, configured.key(secrets), demand);
        var shown = new Shown(engines, certificates.validity());
        return new HostTls(name, configured, configured.names(), demand, Optional.of(shown));
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
        return shown.isPresent();
    }

    /** When it can be shown; empty where it cannot be used. */
    Optional<Validity> validity() {
        return shown.map(Shown::validity);
    }

    /**
     * For one connection; empty when there is none.
     *
     * @param protocols for ALPN, the preferred one first
     */
    Optional<SSLEngine> engine(List<String> protocols) {
        return shown.map(made -> made.engines().engine(protocols));
    }
}
