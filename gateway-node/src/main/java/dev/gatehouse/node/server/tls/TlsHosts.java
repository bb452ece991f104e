package dev.gatehouse.node.server.tls;

import dev.gatehouse.db.key.Secrets;
import dev.gatehouse.db.model.Certificate;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The certificates in use. Replacing them is one write: connections go on, the next handshake meets the new ones. */
public final class TlsHosts {

    private static final Logger LOG = LoggerFactory.getLogger(TlsHosts.class);

    private final Secrets secrets;
    private volatile Certificates live = Certificates.NONE;

    /** @param secrets that private keys are opened with */
    public TlsHosts(Secrets secrets) {
        this.secrets = secrets;
    }

    Certificates live() {
        return live;
    }

    /** What goes for the host that a request asks for. */
    Optional<HostTls> of(String authority) {
        var now = live;
        return now.isEmpty() ? Optional.empty() : now.of(host(authority));
    }

    /** The host of a well-formed authority, in lower case, without the port and the root's dot. */
    static String host(String authority) {
        int end = authority.lastIndexOf(':');
        if (end < authority.lastIndexOf(']')) {
            end = -1;
        }
        var host = (end < 0 ? authority : authority.substring(0, end)).toLowerCase(Locale.ROOT);
        return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    }

    /**
     * Puts them in place of those before. What did not change keeps its sessions. Never throws for a certificate: one
     * that cannot be used keeps its last good state, or the hosts of it alone are not reachable over TLS.
     *
     * @param configured by name
     * @return one sentence for each that cannot be used as configured
     */
    public List<String> take(Map<String, Certificate> configured) {
        var before = live;
        var problems = new ArrayList<String>();
        var all = new ArrayList<HostTls>();
        new TreeMap<>(configured)
                .forEach((name, certificate) -> all.add(made(name, certificate, before.named(name), problems)));
        live = new Certificates(all);
        return problems;
    }

    private HostTls made(String name, Certificate configured, Optional<HostTls> before, List<String> problems) {
        if (before.filter(old -> old.isUsable() && old.configured().equals(configured))
                .isPresent()) {
            return before.get();
        }
        try {
            return HostTls.of(name, configured, secrets);
        } catch (GeneralSecurityException | RuntimeException e) {
            boolean kept = before.filter(HostTls::isUsable).isPresent();
            var problem = "Certificate '" + name + "' " + (kept ? "keeps its previous state. " : "cannot be shown. ")
                    + e.getMessage();
            LOG.warn("{}", problem);
            LOG.debug("Because of", e);
            problems.add(problem);
            if (kept) {
                return before.get();
            }
            return HostTls.unusable(name, configured);
        }
    }

    /** One sentence for each certificate whose time is over, or soon will be. It is shown all the same. */
    public List<String> warnings(Instant now) {
        return live.all().stream()
                .flatMap(tls -> tls.validity().stream()
                        .flatMap(validity -> validity.warning(now).stream())
                        .map(warning -> "Certificate '" + tls.name() + "' " + warning + "."))
                .sorted()
                .toList();
    }
}
