package dev.gatehouse.db.store;

import dev.gatehouse.db.model.ApiKey;
import dev.gatehouse.db.model.KeyTerms;
import dev.gatehouse.db.settings.Problem;
import dev.gatehouse.db.settings.Settings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What one publication does to keys. However many there are, they are read and written in a few statements. */
final class KeyChanges {

    /** How long a revocation can be taken back. */
    static final Duration SECOND_THOUGHTS = Duration.ofMinutes(10);

    private final Handle handle;
    private final KeyRules rules;
    private final Map<String, ApiKey> known = new LinkedHashMap<>();
    private final List<Edit.AddKey> added = new ArrayList<>();
    private final Map<String, ApiKey> updated = new LinkedHashMap<>();
    private final Set<String> revoked = new LinkedHashSet<>();
    private final Set<String> restored = new LinkedHashSet<>();

    KeyChanges(Handle handle, Draft draft, List<Edit> edits) {
        this.handle = handle;
        this.rules = new KeyRules(handle, draft);
        var ids = edits.stream()
                .filter(Edit.OfKey.class::isInstance)
                .map(edit -> ((Edit.OfKey) edit).id())
                .distinct()
                .toList();
        if (!ids.isEmpty()) {
            KeyStore.find(handle, ids).forEach(key -> known.put(key.id(), key));
        }
    }

    void add(Edit.AddKey key) {
        added.add(key);
    }

    void take(Edit.OfKey edit) {
        var key = known.get(edit.id());
        if (key == null) {
            rules.unknown(edit.id());
            return;
        }
        switch (edit) {
            case Edit.ChangeKey change -> {
                if (rules.changeable(key) && rules.keepsEnvironment(key, change.terms())) {
                    update(key.with(change.terms(), change.notBefore(), change.expiresAt()), key);
                }
            }
            case Edit.ReplaceKey replace -> {
                if (rules.replaceable(key)) {
                    update(key.replaced(replace.successor(), replace.until()), key);
                }
            }
            case Edit.RevokeKey _ -> {
                if (key.revokedAt().isEmpty()) {
                    revoked.add(key.id());
                }
            }
            case Edit.RestoreKey _ -> {
                if (key.revokedAt().isPresent() && rules.restorable(key)) {
                    restored.add(key.id());
                }
            }
        }
    }

    private void update(ApiKey after, ApiKey before) {
        if (!after.equals(before)) {
            updated.put(after.id(), after);
        }
    }

    /** Whose key somebody changed since its author saw it. */
    Optional<ApiKey> conflict(Edit.ChangeKey change) {
        return Optional.ofNullable(known.get(change.id()))
                .filter(key -> change.expected() != Edit.ANY && key.revision() != change.expected());
    }

    void revokeAllOf(String consumer) {
        KeyStore.unrevoked(handle, List.of(consumer)).forEach(key -> {
            known.put(key.id(), key);
            revoked.add(key.id());
        });
    }

    /** Takes routes that are gone from the keys that are for them, those whose revocation could be taken back too. */
    void lose(List<String> routes) {
        for (var key : KeyStore.restrictedTo(handle, routes, SECOND_THOUGHTS)) {
            var before = known.computeIfAbsent(key.id(), _ -> key);
            var now = updated.getOrDefault(key.id(), before);
            update(now.with(now.terms().without(routes), now.notBefore(), now.expiresAt()), before);
        }
    }

    void regain(Edit.RegainRoute edit) {
        for (var key : KeyStore.bereftOf(handle, edit.route(), edit.deletedIn())) {
            known.put(key.id(), key);
            update(key.with(key.terms().with(edit.route()), key.notBefore(), key.expiresAt()), key);
        }
    }

    /** Seen from the end, so that the order of the edits does not matter. */
    List<Problem> problems() {
        updated.values().forEach(rules::check);
        var freed = new LinkedHashSet<>(revoked);
        updated.values().stream().filter(key -> key.replacedBy().isPresent()).forEach(key -> freed.add(key.id()));
        rules.check(added, restored.stream().map(this::known).toList(), freed);
        return rules.problems();
    }

    private ApiKey known(String id) {
        @Nullable ApiKey key = known.get(id);
        if (key == null) {
            throw new IllegalStateException("Key " + id + " was not read");
        }
        return key;
    }

    List<Change> changes() {
        var changes = new ArrayList<Change>();
        revoked.forEach(id -> changes.add(change(known(id), Change.Action.DELETE, Map.of("id", id), null)));
        restored.forEach(id -> changes.add(change(known(id), Change.Action.CREATE, null, Map.of("id", id))));
        updated.forEach((id, key) -> changes.add(Change.of(known(id), key)));
        added.forEach(key -> changes.add(new Change(
                "key",
                key.consumer() + "/" + key.name(),
                Change.Action.CREATE,
                Optional.empty(),
                Optional.of(KeyRows.plain(key.id(), key.terms(), key.notBefore(), key.expiresAt())))));
        return changes;
    }

    private static Change change(
            ApiKey key,
            Change.Action action,
            @Nullable Map<String, Object> before,
            @Nullable Map<String, Object> after) {
        return new Change(
                "key",
                key.consumer() + "/" + key.name(),
                action,
                Optional.ofNullable(before),
                Optional.ofNullable(after));
    }

    void write(long revision, String author) {
        stamp("now()", revoked, revision);
        stamp("null", restored, revision);
        if (!updated.isEmpty()) {
            handle.createUpdate("""
                            update api_key set not_before = k.not_before, expires_at = k.expires_at, terms = k.terms,
                                   replaced_by = k.replaced_by, revision = :revision
                              from jsonb_to_recordset(cast(:keys as jsonb))
                                as k (id text, not_before timestamptz, expires_at timestamptz, terms jsonb, replaced_by text)
                             where api_key.id = k.id
                            """)
                    .bind("revision", revision)
                    .bind(
                            "keys",
                            Json.write(updated.values().stream()
                                    .map(KeyChanges::row)
                                    .toList()))
                    .execute();
        }
        if (!added.isEmpty()) {
            handle.createUpdate("""
                            insert into api_key (id, consumer, name, hash, pepper_version, created_by, not_before, expires_at,
                                                 terms, imported, origin, revision)
                            select k.id, k.consumer, k.name, decode(k.hash, 'hex'), k.pepper, :author, k.not_before, k.expires_at,
                                   k.terms, k.imported, coalesce(old.origin, old.id), :revision
                              from jsonb_to_recordset(cast(:keys as jsonb))
                                as k (id text, consumer text, name text, hash text, pepper int, not_before timestamptz,
                                      expires_at timestamptz, terms jsonb, imported boolean, replaces text)
                              left join api_key as old on old.id = k.replaces
                            """)
                    .bind("author", author)
                    .bind("revision", revision)
                    .bind("keys", Json.write(addedRows()))
                    .execute();
        }
    }

    private List<Map<String, Object>> addedRows() {
        var replaced = new HashMap<String, String>();
        updated.values().forEach(old -> old.replacedBy().ifPresent(successor -> replaced.put(successor, old.id())));
        return added.stream()
                .map(key -> {
                    var row = row(key);
                    row.put("replaces", replaced.get(key.id()));
                    return row;
                })
                .toList();
    }

    private void stamp(String revokedAt, Set<String> ids, long revision) {
        if (!ids.isEmpty()) {
            handle.createUpdate(
                            "update api_key set revoked_at = " + revokedAt
                                    + ", revision = :revision where id in (select jsonb_array_elements_text(cast(:ids as jsonb)))")
                    .bind("revision", revision)
                    .bind("ids", Json.write(ids))
                    .execute();
        }
    }

    private static Map<String, Object> row(ApiKey key) {
        var row = times(key.terms(), key.notBefore(), key.expiresAt());
        row.put("id", key.id());
        key.replacedBy().ifPresent(successor -> row.put("replaced_by", successor));
        return row;
    }

    private static Map<String, Object> row(Edit.AddKey key) {
        var row = times(key.terms(), key.notBefore(), key.expiresAt());
        row.put("id", key.id());
        row.put("consumer", key.consumer());
        row.put("name", key.name());
        row.put("hash", HexFormat.of().formatHex(key.hash().bytes()));
        row.put("pepper", key.hash().pepperVersion());
        row.put("imported", key.imported());
        return row;
    }

    private static Map<String, Object> times(KeyTerms terms, Optional<Instant> notBefore, Optional<Instant> expiresAt) {
        var row = new LinkedHashMap<String, Object>();
        row.put("terms", Settings.write(terms));
        notBefore.ifPresent(at -> row.put("not_before", at.toString()));
        expiresAt.ifPresent(at -> row.put("expires_at", at.toString()));
        return row;
    }
}
