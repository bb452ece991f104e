package dev.gatehouse.db.model;

import dev.gatehouse.db.settings.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/** The rules between things: what no single record can know. */
public final class SnapshotRules {

    private SnapshotRules() {}

    /**
     * Every rule the snapshot breaks.
     *
     * @return problems with paths such as {@code routes.users-api.forward.service}
     */
    public static List<Problem> check(Snapshot snapshot) {
        var problems = new ArrayList<Problem>();
        snapshot.routes().forEach((name, route) -> {
            var at = "routes." + name + ".";
            route.services().forEach((path, service) -> {
                if (!snapshot.services().containsKey(service)) {
                    problems.add(new Problem(at + path, "There is no service '" + service + "'."));
                }
            });
        });
        problems.addAll(ties(snapshot));
        problems.addAll(LimitRules.check(snapshot));
        problems.addAll(QuotaRules.check(snapshot));
        problems.addAll(certificates(snapshot));
        problems.addAll(RecognitionRules.check(snapshot));
        problems.addAll(AuthenticationRules.check(snapshot));
        return problems;
    }

    private static List<Problem> certificates(Snapshot snapshot) {
        var problems = new ArrayList<Problem>();
        snapshot.services().forEach((name, service) -> {
            var certificate = service.tls().certificate();
            if (!certificate.isEmpty() && !snapshot.certificates().containsKey(certificate)) {
                problems.add(new Problem(
                        "services." + name + ".tls.certificate", "There is no certificate '" + certificate + "'."));
            }
        });
        var byHost = new HashMap<String, String>();
        snapshot.certificates().forEach((name, certificate) -> {
            for (var host : certificate.names()) {
                var other = byHost.putIfAbsent(host, name);
                if (other != null) {
                    problems.add(claimed(name, other, host));
                    problems.add(claimed(other, name, host));
                }
            }
        });
        return problems;
    }

    /** Told of both, like a taken path. */
    private static Problem claimed(String certificate, String by, String host) {
        return new Problem(
                "certificates." + certificate + ".hosts",
                "Certificate '" + by + "' is already shown for " + host + "; a host has one certificate.");
    }

    private static List<Problem> ties(Snapshot snapshot) {
        var problems = new ArrayList<Problem>();
        for (var tie : snapshot.routeIndex().ties()) {
            var such = tie.example().map(example -> ", such as " + example).orElse("");
            problems.add(tied(tie.one(), tie.other(), such));
            problems.add(tied(tie.other(), tie.one(), such));
        }
        return problems;
    }

    /** Told of both routes, so that whichever is being edited shows it beside its field. */
    private static Problem tied(String route, String by, String such) {
        return new Problem(
                "routes." + route + ".match.path",
                "Route '" + by + "' takes the same requests with equal right" + such
                        + "; let one ask for more, or give one the larger priority.");
    }
}
