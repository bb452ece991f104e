package dev.gatehouse.node.identity;

import dev.gatehouse.db.credential.CertificateSubject;
import dev.gatehouse.db.credential.LoginPassword;
import dev.gatehouse.db.credential.SharedSecret;
import dev.gatehouse.db.key.SecretException;
import dev.gatehouse.db.key.Secrets;
import dev.gatehouse.db.model.Login;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The logins of the configuration that is served, by what a request shows. */
public final class Logins {

    private final Secrets secrets;
    private volatile Known known = new Known(Map.of(), Map.of(), Map.of(), Map.of());

    /** @param secrets opens shared secrets */
    public Logins(Secrets secrets) {
        this.secrets = secrets;
    }

    /**
     * Whose a login is.
     *
     * @param name of the login
     * @param kept what a password must fit; empty for other proofs
     */
    public record Holder(String name, String consumer, Set<String> scopes, String kept) {}

    /** Somebody who signs. */
    public record Signer(Holder holder, SigningSecret secret) {}

    private record Known(
            Map<String, Holder> users,
            Map<String, Signer> signers,
            Map<String, Holder> subjects,
            Map<String, Holder> names) {}

    /** From now on these. @return one sentence for each that cannot be used */
    public List<String> take(Map<String, Login> logins) {
        var users = new HashMap<String, Holder>();
        var signers = new HashMap<String, Signer>();
        var subjects = new HashMap<String, Holder>();
        var names = new HashMap<String, Holder>();
        var problems = new ArrayList<String>();
        logins.forEach((name, login) -> {
            var scopes = Set.copyOf(login.scopes());
            switch (login.proof()) {
                case LoginPassword password ->
                    users.put(login.user(name), new Holder(name, login.consumer(), scopes, password.password()));
                case SharedSecret _ -> {
                    try {
                        login.secret(name, secrets)
                                .ifPresent(secret -> signers.put(
                                        name,
                                        new Signer(
                                                new Holder(name, login.consumer(), scopes, ""),
                                                new SigningSecret(secret))));
                    } catch (SecretException e) {
                        problems.add("Login '" + name + "' cannot be used: " + e.getMessage());
                    }
                }
                case CertificateSubject(var subject, var other) -> {
                    var holder = new Holder(name, login.consumer(), scopes, "");
                    if (subject.isEmpty()) {
                        names.put(other, holder);
                    } else {
                        subjects.put(subject, holder);
                    }
                }
            }
        });
        known = new Known(Map.copyOf(users), Map.copyOf(signers), Map.copyOf(subjects), Map.copyOf(names));
        return problems;
    }

    public @Nullable Holder user(String name) {
        return known.users.get(name);
    }

    public @Nullable Signer signer(String keyId) {
        return known.signers.get(keyId);
    }

    /** By the subject, else by the first alternative name that is known. */
    public @Nullable Holder certificate(String subject, List<String> names) {
        var found = known.subjects.get(subject);
        for (int i = 0; found == null && i < names.size(); i++) {
            found = known.names.get(names.get(i));
        }
        return found;
    }
}
