package dev.gatehouse.db.model;

import dev.gatehouse.db.key.SecretException;
import dev.gatehouse.db.key.Secrets;
import dev.gatehouse.db.settings.Checked;
import dev.gatehouse.db.settings.Format;
import dev.gatehouse.db.settings.Problem;
import dev.gatehouse.db.settings.Sealed;
import dev.gatehouse.db.settings.Setting;
import dev.gatehouse.db.tls.CertificateChain;
import dev.gatehouse.db.tls.HostNames;
import dev.gatehouse.db.tls.Pem;
import dev.gatehouse.db.tls.PemException;
import dev.gatehouse.db.tls.Validity;
import java.security.PrivateKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A certificate with its private key: what the gateway shows callers of its hosts, or targets that ask for one.
 * Rules that depend on the time are not among {@link #problems}: a stored certificate stays readable when it expires.
 */
public record Certificate(
        @Setting(
                label = "Certificate chain",
                help = "In PEM: the certificate itself first, then each one's issuer.",
                max = "100000",
                format = Format.CERTIFICATES)
        String chain,

        @Setting(
                label = "Private key",
                help =
                        "In PEM: PKCS#8, or the older forms of RSA and EC, without a passphrase. It is stored encrypted and never shown.",
                max = "20000",
                format = Format.PRIVATE_KEY)
        String privateKey,

        @Setting(
                label = "Hosts",
                help =
                        "The hosts it is shown for, such as api.example.com or *.example.com. Empty: the names in the certificate.",
                max = "100",
                format = Format.HOST_PATTERN)
        List<String> hosts,

        @Setting(
                label = "Client certificates",
                help =
                        "Whether callers of these hosts are asked for a certificate of their own: none, optional, or required.",
                fallback = "none")
        ClientCertificate clientCertificate,

        @Setting(
                label = "Client authorities",
                help =
                        "Certificates in PEM that are trusted to vouch for callers. Must be given unless client certificates are none.",
                optional = true,
                max = "500000",
                format = Format.CERTIFICATES)
        String clientAuthorities,

        @Setting(
                label = "HSTS",
                help =
                        "For how long browsers shall insist on https (Strict-Transport-Security), such as 365d. 0s: not sent.",
                fallback = "0s",
                min = "0s",
                max = "730d")
        Duration hsts,

        @Setting(
                label = "Redirect to https",
                help = "Requests to these hosts over plain http are answered with 308 to https.",
                fallback = "false")
        boolean redirect)
        implements Entity, Checked {

    private static final String STRANGER = "The private key does not belong to the certificate.";

    /** Whether callers are asked for a certificate. */
    public enum ClientCertificate {
        NONE("none"),
        OPTIONAL("optional"),
        REQUIRED("required");

        private final String written;

        ClientCertificate(String written) {
            this.written = written;
        }

        @Override
        public String toString() {
            return written;
        }
    }

    public Certificate {
        hosts = List.copyOf(hosts);
    }

    /** The chain, read anew each time. */
    public CertificateChain certificates() {
        return CertificateChain.of(chain);
    }

    /** The hosts it is shown for, exact or {@code *.example.com}, lower case; empty for one that only targets see. */
    public List<String> names() {
        return names(certificates());
    }

    private List<String> names(CertificateChain read) {
        if (!hosts.isEmpty()) {
            return hosts;
        }
        return read.isForServers()
                ? read.names().stream()
                        .filter(name -> Format.HOST_PATTERN.problem(name).isEmpty())
                        .toList()
                : List.of();
    }

    public Validity validity() {
        return certificates().validity();
    }

    /** Is the private key encrypted, as every stored one is? */
    public boolean isSealed() {
        return Sealed.read(privateKey).isPresent();
    }

    /**
     * The same with its private key encrypted; one that is encrypted already is opened to see whether it belongs here.
     *
     * @throws SecretException when there is no secret key, or the sealed one cannot be opened with it
     * @throws PemException when the private key does not belong to the certificate
     */
    public Certificate sealed(Secrets secrets) {
        var sealed = Sealed.read(privateKey)
                .orElseGet(
                        () -> secrets.seal(place(), Pem.privateKey(privateKey).getEncoded()))
                .toString();
        var stored = new Certificate(chain, sealed, hosts, clientCertificate, clientAuthorities, hsts, redirect);
        if (!certificates().fits(stored.key(secrets))) {
            throw new PemException(STRANGER);
        }
        return stored;
    }

    /**
     * The private key.
     *
     * @throws SecretException when it cannot be decrypted; the message says why
     * @throws PemException when it cannot be read
     */
    public PrivateKey key(Secrets secrets) {
        return Sealed.read(privateKey)
                .map(text -> Pem.privateKey(secrets.open(place(), text)))
                .orElseGet(() -> Pem.privateKey(privateKey));
    }

    /** What the encrypted key is bound to: the public key, so that it survives a new name and a renewed certificate. */
    private String place() {
        return "certificate " + certificates().fingerprint();
    }

    @Override
    public List<Problem> problems() {
        var problems = new ArrayList<Problem>();
        var read = certificates();
        read.problem().ifPresent(message -> problems.add(new Problem("chain", message)));
        if (!isSealed() && !read.fits(Pem.privateKey(privateKey))) {
            problems.add(new Problem("private-key", STRANGER));
        }
        if (!hosts.isEmpty() && !read.isForServers()) {
            problems.add(
                    new Problem("hosts", "The certificate may not stand for a server: it is meant for other uses."));
        }
        for (int i = 0; i < hosts.size(); i++) {
            var host = hosts.get(i);
            if (read.names().stream().noneMatch(name -> HostNames.covers(name, host))) {
                problems.add(new Problem(
                        "hosts[" + i + "]",
                        "'" + host + "' is not among the names in the certificate: "
                                + (read.names().isEmpty() ? "it has none" : String.join(", ", read.names())) + "."));
            } else if (hosts.indexOf(host) < i) {
                problems.add(new Problem("hosts[" + i + "]", "'" + host + "' is listed twice."));
            }
        }
        if (clientCertificate != ClientCertificate.NONE && clientAuthorities.isEmpty()) {
            problems.add(new Problem(
                    "client-authorities",
                    "Must be given where callers show certificates: it says whose are believed."));
        }
        return problems;
    }

    /** Without the private key: this may end in a log. */
    @Override
    public String toString() {
        return "certificate of " + hosts;
    }
}
