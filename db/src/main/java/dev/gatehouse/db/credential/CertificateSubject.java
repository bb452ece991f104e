package dev.gatehouse.db.credential;

import dev.gatehouse.db.settings.Checked;
import dev.gatehouse.db.settings.Named;
import dev.gatehouse.db.settings.Problem;
import dev.gatehouse.db.settings.Setting;
import java.util.List;

/** A client certificate, by whom it is for. */
@Named(
        value = "certificate",
        label = "Client certificate",
        help = "A certificate shown in TLS, vouched for by the authorities of the host, on routes that take it.")
public record CertificateSubject(
        @Setting(
                label = "Subject",
                help = "Its whole subject as RFC 2253 writes it, such as CN=shop,O=Example. Empty: by the name below.",
                optional = true,
                max = "1000")
        String subject,

        @Setting(
                label = "Name",
                help =
                        "One of its alternative names: a DNS name, an e-mail address or a URI such as spiffe://example.com/shop.",
                optional = true,
                max = "1000")
        String name)
        implements LoginProof, Checked {

    @Override
    public List<Problem> problems() {
        return subject.isEmpty() == name.isEmpty()
                ? List.of(new Problem("subject", "Must be given, or else the name; one of the two."))
                : List.of();
    }
}
