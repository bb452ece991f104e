package dev.gatehouse.db.store;

import dev.gatehouse.db.model.ApiKey;
import dev.gatehouse.db.model.Kind;
import dev.gatehouse.db.settings.Format;
import dev.gatehouse.db.settings.Problem;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The keys that one publication adds and revokes. */
final class KeyChanges {

    private final Handle handle;
    private final Draft draft;
    private final List<Edit.AddKey> added = new ArrayList<>();
    private final Map<String, ApiKey> revoked = new LinkedHashMap<>();
    private final List<Problem> problems = new ArrayList<>();

    KeyChanges(Handle handle, Draft draft) {
        this.handle = handle;
        this.draft = draft;
    }

    void add(Edit.AddKey key) {
        added.add(key);
    }

    void revoke(String id) {
        var key = KeyStore.find(handle, id);
        if (key.isEmpty()) {
            problems.add(new Problem("keys." + id, "There is no key '" + id + "'."));
        } else if (key.get().revokedAt().isEmpty()) {
            revoked.put(id, key.get());
        }
    }

    void revokeAllOf(String consumer) {
        KeyStore.inForce(handle, consumer).forEach(key -> revoked.put(key.id(), key));
    }

    /** Seen from the end, so that the order of the edits does not matter. */
    List<Problem> problems() {
        var found = new ArrayList<>(problems);
        var names = new HashSet<String>();
        for (var key : added) {
            var at = "keys." + key.consumer() + "." + key.name();
            if (!draft.has(Kind.CONSUMER, key.consumer())) {
                found.add(new Problem(at + ".consumer", "There is no consumer '" + key.consumer() + "'."));
            }
            Format.NAME.problem(key.name()).ifPresent(message -> found.add(new Problem(at + ".name", message)));
            if (!names.add(at) || isTaken(key)) {
                found.add(new Problem(
                        at + ".name",
                        "Consumer '" + key.consumer() + "' already has a key named '" + key.name()
                                + "'; revoke it or take another name."));
            }
        }
        return found;
    }

    private boolean isTaken(Edit.AddKey key) {
        return KeyStore.inForce(handle, key.consumer()).stream()
                .anyMatch(other -> other.name().equals(key.name()) && !revoked.containsKey(other.id()));
    }

    List<Change> changes() {
        var changes = new ArrayList<Change>();
        revoked.values()
                .forEach(key -> changes.add(new Change(
                        "key",
                        key.consumer() + "/" + key.name(),
                        Change.Action.DELETE,
                        Optional.of(Map.of("id", key.id())),
                        Optional.empty())));
        added.forEach(key -> changes.add(new Change(
                "key",
                key.consumer() + "/" + key.name(),
                Change.Action.CREATE,
                Optional.empty(),
                Optional.of(Map.of("id", key.id())))));
        return changes;
    }

    void write(long revision, String author) {
        revoked.keySet()
                .forEach(id -> handle.execute(
                        "update api_key set revoked_at = now(), revision = ? where id = ?", revision, id));
        added.forEach(key -> handle.createUpdate("""
                        insert into api_key (id, consumer, name, hash, pepper_version, created_by, expires_at, revision)
                        values (:id, :consumer, :name, :hash, :pepper, :author, :expires, :revision)
                        """)
                .bind("id", key.id())
                .bind("consumer", key.consumer())
                .bind("name", key.name())
                .bind("hash", key.hash().bytes())
                .bind("pepper", key.hash().pepperVersion())
                .bind("author", author)
                .bind(
                        "expires",
                        key.expiresAt()
                                .map(at -> OffsetDateTime.ofInstant(at, ZoneOffset.UTC))
                                .orElse(null))
                .bind("revision", revision)
                .execute());
    }
}
