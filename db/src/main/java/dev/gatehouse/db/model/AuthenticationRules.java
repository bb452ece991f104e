package dev.gatehouse.db.model;

import dev.gatehouse.db.credential.CertificateSubject;
import dev.gatehouse.db.credential.ForwardAuth;
import dev.gatehouse.db.credential.LoginPassword;
import dev.gatehouse.db.credential.SharedSecret;
import dev.gatehouse.db.policy.Access;
import dev.gatehouse.db.policy.Identity;
import dev.gatehouse.db.settings.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;

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
                if (route.policies().get(i) instanceof Identity identity) {
                    var at = "routes." + name + ".policies[" + i + "].identity.token.signing-key";
                    missing(at, identity.token().signingKey(), Kind.SIGNING_KEY, snapshot, problems);
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
        snapshot.routes().forEach((name, route) -> {
            for (int i = 0; i < route.authentication().credentials().size(); i++) {
                if (route.authentication().credentials().get(i) instanceof ForwardAuth asked) {
                    var at = "routes." + name + ".authentication.credentials[" + i + "].forward-auth.consumer";
                    missing(at, asked.consumer(), Kind.CONSUMER, snapshot, problems);
                }
            }
        });
        logins(snapshot, problems);
        identityHeaders(snapshot, problems);
        return problems;
    }

    /** What says who is calling is taken out of each request, so no credential could ever come in it. */
    private static void identityHeaders(Snapshot snapshot, List<Problem> problems) {
        var credentials = new HashMap<String, String>();
        snapshot.routes()
                .forEach((name, route) -> route.authentication()
                        .headers()
                        .forEach(header -> credentials.put(header.toLowerCase(Locale.ROOT), name)));
        snapshot.routes().forEach((name, route) -> {
            for (int i = 0; i < route.policies().size(); i++) {
                if (route.policies().get(i) instanceof Identity identity) {
                    for (var header : identity.headers()) {
                        var other = credentials.get(header.toLowerCase(Locale.ROOT));
                        if (other != null) {
                            problems.add(new Problem(
                                    "routes." + name + ".policies[" + i + "].identity",
                                    "'" + header + "' holds a credential on route '" + other
                                            + "'; what says who is calling is taken out of every request."));
                        }
                    }
                }
            }
        });
    }

    /** Two logins that are known by the same would be one of them by chance. */
    private static void logins(Snapshot snapshot, List<Problem> problems) {
        var known = new HashMap<String, String>();
        snapshot.logins().forEach((name, login) -> {
            missing("logins." + name + ".consumer", login.consumer(), Kind.CONSUMER, snapshot, problems);
            var sign = switch (login.proof()) {
                case LoginPassword _ -> "user " + login.user(name);
                case SharedSecret _ -> "keyid " + name;
                case CertificateSubject(var subject, var other) -> "certificate " + subject + " " + other;
            };
            var other = known.putIfAbsent(sign, name);
            if (other != null) {
                problems.add(
                        new Problem("logins." + name, "Login '" + other + "' is known by the same: " + sign + "."));
            }
        });
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
