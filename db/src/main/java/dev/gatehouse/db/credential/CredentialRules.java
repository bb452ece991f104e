package dev.gatehouse.db.credential;

import dev.gatehouse.db.policy.FieldRules;
import dev.gatehouse.db.settings.Problem;
import java.util.List;

/** What several kinds of credentials have in common. */
final class CredentialRules {

    private CredentialRules() {}

    /** A header that holds a credential is one that callers may send, and none that has a scheme of its own. */
    static List<Problem> header(String path, String name) {
        if (name.isEmpty()) {
            return List.of();
        }
        if (name.equalsIgnoreCase("Authorization")) {
            return List.of(
                    new Problem(path, "'" + name + "' is read by its schemes, such as Bearer; name another one."));
        }
        return FieldRules.REQUEST.problem(name).stream()
                .map(message -> new Problem(path, message))
                .toList();
    }
}
