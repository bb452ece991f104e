package dev.gatehouse.db.model;

import dev.gatehouse.db.policy.RateLimit;
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
        problems.addAll(unlikeLimits(snapshot));
        problems.addAll(certificates(snapshot));
        problems.addAll(RecognitionRules.check(snapshot));
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

    private record Limit(String route, int position, String name, RateLimit limit) {

        /** Whether both count the same in the same way, or do not share a count. */
        boolean agrees(Limit other) {
            return !name.equals(other.name)
                    || (limit.requests() == other.limit.requests()
                            && limit.window().equals(other.limit.window())
                            && limit.per() == other.limit.per()
                            && limit.withoutRedis() == other.limit.withoutRedis());
        }
    }

    /** A count that two limits share is kept for one window: with two of them, the shorter would forget for the longer. */
    private static List<Problem> unlikeLimits(Snapshot snapshot) {
        var limits = new ArrayList<Limit>();
        snapshot.routes().forEach((name, route) -> {
            for (int i = 0; i < route.policies().size(); i++) {
                if (route.policies().get(i) instanceof RateLimit limit) {
                    limits.add(new Limit(name, i, limit.nameOn(name), limit));
                }
            }
        });
        var problems = new ArrayList<Problem>();
        for (var limit : limits) {
            limits.stream()
                    .filter(other -> !other.agrees(limit))
                    .map(Limit::route)
                    .findFirst()
                    .ifPresent(other -> problems.add(new Problem(
                            "routes." + limit.route + ".policies[" + limit.position + "].rate-limit.name",
                            "Limit '" + limit.name + "' is another one on route '" + other
                                    + "'; limits of one name share their count and must be alike in all else.")));
        }
        return problems;
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
