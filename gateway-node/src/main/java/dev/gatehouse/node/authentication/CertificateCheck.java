package dev.gatehouse.node.authentication;

import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.node.exchange.Caller;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Rejection;
import dev.gatehouse.node.identity.Logins;
import java.util.Map;

/** A certificate that the client showed in TLS and the listener has verified. It is never taken out: it is no field. */
final class CertificateCheck implements CredentialCheck {

    private static final Proof UNKNOWN = new Proof.Refused(
            Rejection.of(Refusal.CERTIFICATE_REFUSED, "The client certificate belongs to nobody here."),
            "",
            true,
            true);

    private final Logins logins;

    CertificateCheck(Logins logins) {
        this.logins = logins;
    }

    @Override
    public Proof check(Exchange exchange) {
        var client = exchange.client();
        var subject = client.subject();
        if (subject == null) {
            return Proof.ABSENT;
        }
        var names = client.names();
        var holder = logins.certificate(subject, names);
        return holder == null
                ? UNKNOWN
                : new Proof.Proven(
                        new Caller(holder.consumer(), holder.name(), holder.scopes(), Map.of()),
                        () -> holder.equals(logins.certificate(subject, names)));
    }

    @Override
    public Proof known(Exchange exchange) {
        return check(exchange);
    }

    @Override
    public void remove(Exchange exchange) {}

    @Override
    public String challenge() {
        return "ClientCertificate realm=\"gatehouse\"";
    }

    @Override
    public String wanted() {
        return "a client certificate in TLS";
    }
}
