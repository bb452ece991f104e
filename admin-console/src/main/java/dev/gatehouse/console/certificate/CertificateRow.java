package dev.gatehouse.console.certificate;

import dev.gatehouse.console.entity.Impact;
import dev.gatehouse.console.entity.Thing;
import dev.gatehouse.console.listing.Cells;
import dev.gatehouse.console.live.Convergence.Level;
import dev.gatehouse.db.model.Certificate;
import dev.gatehouse.db.model.Kind;
import dev.gatehouse.db.model.Snapshot;
import dev.gatehouse.db.store.ConfigurationReader.Loaded;
import dev.gatehouse.db.tls.Validity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * One certificate.
 *
 * @param hosts those it is shown for
 * @param issuer the name of whoever issued it
 * @param phase where in its life it is
 * @param services names of those whose targets are shown it
 */
record CertificateRow(
        String name,
        Certificate entity,
        long revision,
        List<String> hosts,
        String issuer,
        Validity validity,
        Validity.Phase phase,
        long days,
        List<String> services)
        implements Thing {

    static List<CertificateRow> of(Loaded loaded, Instant now) {
        var snapshot = loaded.snapshot();
        return snapshot.certificates().entrySet().stream()
                .map(known -> {
                    var chain = known.getValue().certificates();
                    return new CertificateRow(
                            known.getKey(),
                            known.getValue(),
                            loaded.revisionOf(Kind.CERTIFICATE, known.getKey()),
                            known.getValue().names(),
                            Names.common(chain.issuer()),
                            chain.validity(),
                            chain.validity().at(now),
                            Duration.between(now, chain.validity().until()).toDays(),
                            services(snapshot, known.getKey()));
                })
                .toList();
    }

    private static List<String> services(Snapshot snapshot, String certificate) {
        return snapshot.services().entrySet().stream()
                .filter(service -> service.getValue().tls().certificate().equals(certificate))
                .map(service -> service.getKey())
                .toList();
    }

    /** The first one, and how many more there are. */
    String shownFor() {
        return switch (hosts.size()) {
            case 0 -> "targets only";
            case 1 -> hosts.getFirst();
            default -> hosts.getFirst() + " +" + (hosts.size() - 1);
        };
    }

    Level level() {
        return switch (phase) {
            case VALID -> Level.GOOD;
            case ENDING, EARLY -> Level.ATTENTION;
            case OVER -> Level.BAD;
        };
    }

    String expires() {
        return switch (phase) {
            case EARLY -> "not yet valid";
            case VALID -> Names.date(validity.until());
            case ENDING -> days == 1 ? "in 1 day" : "in " + days + " days";
            case OVER -> "expired";
        };
    }

    /** What callers of its hosts are asked for. */
    String clients() {
        return entity.clientCertificate().toString();
    }

    String usedBy() {
        return Cells.several("service", services);
    }

    String searched() {
        return name + " " + String.join(" ", hosts) + " " + issuer + " " + String.join(" ", services);
    }

    Impact impact() {
        return Impact.of(
                "services",
                services,
                hosts.isEmpty()
                        ? "No host and no service uses it, so no request is affected."
                        : "Callers that connect over TLS to " + String.join(", ", hosts)
                                + " are shown another certificate from then on, or refused.",
                "These services present it to their targets. Delete them or give them another one first:");
    }
}
