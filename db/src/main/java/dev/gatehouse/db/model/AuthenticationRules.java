package dev.gatehouse.db.model;

import dev.gatehouse.db.policy.Access;
import dev.gatehouse.db.settings.Problem;
import java.util.ArrayList;
import java.util.List;

/** The rules between what routes ask of callers and what there is: each thing that is named is there. */
final class AuthenticationRules {

    private AuthenticationRules() {}

    static List<Problem> check(Snapshot snapshot) {
        var problems = new ArrayList<Problem>();
        snapshot.routes().forEach((name, route) -> {
            var at = "routes." + name + ".authentication.";
            var authentication = route.authentication();
            missing(at + "anonymous", authentication.anonymous(), Kind.CONSUMER, snapshot, problems);
            authentication
                    .issuers()
                    .forEach((path, issuer) -> missing(at + path, issuer, Kind.ISSUER, snapshot, problems));
        });
        snapshot.routes().forEach((name, route) -> {
            for (int i = 0; i < route.policies().size(); i++) {
                if (route.policies().get(i) instanceof Access access) {
                    var at = "routes." + name + ".policies[" + i + "].access.";
                    missing(at + "consumers", access.consumers(), snapshot, problems);
                    missing(at + "refused-consumers", access.refusedConsumers(), snapshot, problems);
                }
            }
        });
        snapshot.issuers()
                .forEach((name, issuer) -> missing(
                        "issuers." + name + ".claims.consumer",
                        issuer.claims().consumer(),
                        Kind.CONSUMER,
                        snapshot,
                        problems));
        return problems;
    }

    private static void missing(String at, List<String> consumers, Snapshot snapshot, List<Problem> problems) {
        for (int i = 0; i < consumers.size(); i++) {
            missing(at + "[" + i + "]", consumers.get(i), Kind.CONSUMER, snapshot, problems);
        }
    }

    private static void missing(String at, String name, Kind kind, Snapshot snapshot, List<Problem> problems) {
        if (!name.isEmpty() && snapshot.find(kind, name).isEmpty()) {
            problems.add(new Problem(at, "There is no " + kind.words() + " '" + name + "'."));
        }
    }
}
