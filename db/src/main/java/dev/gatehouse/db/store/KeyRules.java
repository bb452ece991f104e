package dev.gatehouse.db.store;

import dev.gatehouse.db.model.ApiKey;
import dev.gatehouse.db.model.KeyTerms;
import dev.gatehouse.db.model.Kind;
import dev.gatehouse.db.settings.Format;
import dev.gatehouse.db.settings.Problem;
import dev.gatehouse.db.settings.Settings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** What a publication may not do to keys. */
final class KeyRules {

    private final Handle handle;
    private final Draft draft;
    private final List<Problem> problems = new ArrayList<>();

    KeyRules(Handle handle, Draft draft) {
        this.handle = handle;
        this.draft = draft;
    }

    List<Problem> problems() {
        return problems;
    }

    void unknown(String id) {
        problems.add(new Problem("keys." + id, "There is no key '" + id + "'."));
    }

    boolean changeable(ApiKey key) {
        return unless(
                key.revokedAt().isPresent(),
                key,
                "Key '" + key.name() + "' is revoked; that cannot be changed any more.");
    }

    boolean keepsEnvironment(ApiKey key, KeyTerms terms) {
        var other = key.otherEnvironment(terms);
        other.ifPresent(message -> problems.add(new Problem(at(key.consumer(), key.name()) + ".environment", message)));
        return other.isEmpty();
    }

    boolean replaceable(ApiKey key) {
        return changeable(key)
                && unless(
                        key.replacedBy().isPresent(),
                        key,
                        "Key " + key.id() + " was replaced already, by "
                                + key.replacedBy().orElse("") + "; rotate that one.");
    }

    boolean restorable(ApiKey key) {
        boolean late = handle.createQuery(
                        "select revoked_at < now() - cast(:span as interval) from api_key where id = :id")
                .bind("span", KeyChanges.SECOND_THOUGHTS.toString())
                .bind("id", key.id())
                .mapTo(boolean.class)
                .one();
        return unless(
                late,
                key,
                "Key '" + key.name() + "' was revoked more than " + KeyChanges.SECOND_THOUGHTS.toMinutes()
                        + " minutes ago; that is for good. Issue another one.");
    }

    private boolean unless(boolean wrong, ApiKey key, String sentence) {
        if (wrong) {
            problems.add(new Problem(at(key.consumer(), key.name()), sentence));
        }
        return !wrong;
    }

    private static String at(String consumer, String name) {
        return "keys." + consumer + "." + name;
    }

    void check(ApiKey key) {
        check(at(key.consumer(), key.name()), key.terms(), key.notBefore(), key.expiresAt());
    }

    private void check(String at, KeyTerms terms, Optional<Instant> notBefore, Optional<Instant> expiresAt) {
        if (!terms.equals(KeyTerms.OPEN)) {
            Settings.check(terms).forEach(problem -> problems.add(problem.under(at)));
            for (int i = 0; i < terms.routes().size(); i++) {
                if (!draft.has(Kind.ROUTE, terms.routes().get(i))) {
                    problems.add(new Problem(
                            at + ".routes[" + i + "]",
                            "There is no route '" + terms.routes().get(i) + "'."));
                }
            }
        }
        if (expiresAt
                .filter(end -> notBefore.filter(begin -> !begin.isBefore(end)).isPresent())
                .isPresent()) {
            problems.add(new Problem(at + ".expires", "It would expire before it is valid."));
        }
    }

    /**
     * @param restored come back under their names
     * @param freed ids of keys whose names may be given anew
     */
    void check(List<Edit.AddKey> added, List<ApiKey> restored, Set<String> freed) {
        var taken = taken(added, restored, freed);
        var hashes = present(added);
        for (var key : restored) {
            if (!draft.has(Kind.CONSUMER, key.consumer())) {
                problems.add(nobody(key.consumer(), key.name()));
            }
            if (!taken.add(at(key.consumer(), key.name()))) {
                problems.add(taken(key.consumer(), key.name()));
            }
        }
        for (var key : added) {
            var at = at(key.consumer(), key.name());
            if (!draft.has(Kind.CONSUMER, key.consumer())) {
                problems.add(nobody(key.consumer(), key.name()));
            }
            Format.NAME.problem(key.name()).ifPresent(message -> problems.add(new Problem(at + ".name", message)));
            if (!taken.add(at)) {
                problems.add(taken(key.consumer(), key.name()));
            }
            var twin = hashes.putIfAbsent(hex(key), at);
            if (twin != null) {
                problems.add(new Problem(at + ".hash", "This very key is there already, as " + twin + "."));
            }
            check(at, key.terms(), key.notBefore(), key.expiresAt());
        }
    }

    private static Problem nobody(String consumer, String name) {
        return new Problem(at(consumer, name) + ".consumer", "There is no consumer '" + consumer + "'.");
    }

    private static Problem taken(String consumer, String name) {
        return new Problem(
                at(consumer, name) + ".name",
                "Consumer '" + consumer + "' already has a key named '" + name + "'; revoke it or take another name.");
    }

    /** The names that are in use of all that may be given. */
    private Set<String> taken(List<Edit.AddKey> added, List<ApiKey> restored, Set<String> freed) {
        var wanted = new ArrayList<Map<String, Object>>();
        added.forEach(key -> wanted.add(Map.of("consumer", key.consumer(), "name", key.name())));
        restored.forEach(key -> wanted.add(Map.of("consumer", key.consumer(), "name", key.name())));
        var taken = new HashSet<String>();
        if (!wanted.isEmpty()) {
            handle.createQuery("""
                            select k.id, k.consumer, k.name from api_key k
                              join jsonb_to_recordset(cast(:wanted as jsonb)) as w (consumer text, name text)
                                on k.consumer = w.consumer and k.name = w.name
                             where k.revoked_at is null and k.replaced_by is null
                            """)
                    .bind("wanted", Json.write(wanted))
                    .map((row, _) -> freed.contains(row.getString("id"))
                            ? ""
                            : at(row.getString("consumer"), row.getString("name")))
                    .forEach(taken::add);
        }
        return taken;
    }

    /** Those of the hashes that are stored, with the key that has each. */
    private Map<String, String> present(List<Edit.AddKey> added) {
        var present = new LinkedHashMap<String, String>();
        if (!added.isEmpty()) {
            handle.createQuery("""
                            select encode(hash, 'hex') as hash, consumer, name from api_key
                             where hash in (select decode(h, 'hex') from jsonb_array_elements_text(cast(:hashes as jsonb)) h)
                            """)
                    .bind("hashes", Json.write(added.stream().map(KeyRules::hex).toList()))
                    .map((row, _) ->
                            Map.entry(row.getString("hash"), at(row.getString("consumer"), row.getString("name"))))
                    .forEach(entry -> present.put(entry.getKey(), entry.getValue()));
        }
        return present;
    }

    private static String hex(Edit.AddKey key) {
        return HexFormat.of().formatHex(key.hash().bytes());
    }
}
