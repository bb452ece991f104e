package dev.gatehouse.node.server.tls;

import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Handler;
import dev.gatehouse.node.exchange.Rejection;
import dev.gatehouse.node.exchange.Response;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One connection's requests. A client may use a connection for another host that its certificate covers (RFC 9113,
 * 9.1.1), or simply send another Host: what it proved of itself counts only where the same is asked for. The service is
 * shown the certificate in {@code Client-Cert} (RFC 9440); what a client sends under that name was taken out before.
 */
final class SameHost implements Handler {

    private final TlsHosts hosts;
    private final ClientDemand demand;
    private final @Nullable String clientCert;
    private final Handler next;

    SameHost(TlsHosts hosts, ClientDemand demand, Optional<X509Certificate> client, Handler next) {
        this.hosts = hosts;
        this.demand = demand;
        this.clientCert = client.map(SameHost::octets).orElse(null);
        this.next = next;
    }

    @Override
    public Response handle(Exchange exchange) {
        var asked = hosts.of(exchange.authority());
        if (asked.isPresent() && !asked.get().demand().equals(demand)) {
            return Rejection.of(
                            Refusal.MISDIRECTED,
                            "This host wants other proof of who is calling than this connection gave; open another one.")
                    .toResponse();
        }
        if (clientCert != null) {
            exchange.headers().set("Client-Cert", clientCert);
        }
        return next.handle(exchange);
    }

    /** RFC 8941, 3.3.5. */
    private static String octets(X509Certificate certificate) {
        try {
            return ":" + Base64.getEncoder().encodeToString(certificate.getEncoded()) + ":";
        } catch (CertificateEncodingException e) {
            throw new IllegalArgumentException("a certificate that was read cannot be written", e);
        }
    }
}
