package dev.gatehouse.node.routing;

import dev.gatehouse.db.key.Secrets;
import dev.gatehouse.db.model.Certificate;
import dev.gatehouse.db.model.Protocol;
import dev.gatehouse.db.model.Route;
import dev.gatehouse.db.model.Service;
import dev.gatehouse.db.model.ServiceTls;
import dev.gatehouse.db.tls.Pem;
import dev.gatehouse.node.backend.UpstreamTerms;
import dev.gatehouse.node.backend.UpstreamTimes;
import dev.gatehouse.node.backend.UpstreamTls;
import dev.gatehouse.node.backend.WebSockets;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** From what is configured to how a service is spoken to. */
final class ServiceTerms {

    private ServiceTerms() {}

    /**
     * @param certificate the one that the service's settings name; null when it does not exist
     * @throws RuntimeException when a certificate cannot be read or its key not be opened; the message says why
     */
    static UpstreamTerms of(Route route, Service service, @Nullable Certificate certificate, Secrets secrets) {
        var idle = service.resilience().idleTimeout();
        return new UpstreamTerms(
                        new UpstreamTimes(
                                service.connectTimeout(),
                                service.responseTimeout(),
                                idle.isZero() ? service.responseTimeout() : idle),
                        service.protocol() == Protocol.HTTP2,
                        tls(service.tls(), certificate, secrets),
                        new WebSockets(
                                route.webSocket().allow(), route.webSocket().idle()))
                .telling(service.resilience().deadlineHeader());
    }

    private static UpstreamTls tls(ServiceTls tls, @Nullable Certificate certificate, Secrets secrets) {
        UpstreamTls.Identity identity = null;
        if (certificate != null) {
            identity = new UpstreamTls.Identity(certificate.certificates().certificates(), certificate.key(secrets));
        } else if (!tls.certificate().isEmpty()) {
            throw new IllegalArgumentException("the certificate '" + tls.certificate() + "' does not exist");
        }
        List<X509Certificate> trust = tls.trust().isEmpty() ? List.of() : Pem.certificates(tls.trust());
        return new UpstreamTls(trust, identity, tls.serverName(), tls.verify());
    }
}
