package dev.gatehouse.db.store;

import dev.gatehouse.db.key.Secrets;
import dev.gatehouse.db.model.Kind;
import dev.gatehouse.db.settings.Problem;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Publishes changes: one transaction, one revision, its history and audit with it. Saving is publishing. */
public final class ConfigurationStore {

    private final Database database;
    private final ConfigurationReader reader;
    private final History history;
    private final Saving saving;

    /** Without secret keys: what would have to be encrypted is refused. */
    public ConfigurationStore(Database database) {
        this(database, Secrets.NONE);
    }

    /** @param secrets encrypt private keys */
    public ConfigurationStore(Database database, Secrets secrets) {
        this.database = database;
        this.reader = new ConfigurationReader(database);
        this.history = new History(database);
        this.saving = new Saving(secrets, InstantSource.system());
    }

    /** Reads what is published here. */
    public ConfigurationReader reader() {
        return reader;
    }

    /** What becomes of a thing when it is saved. */
    public Saving saving() {
        return saving;
    }

    /** All edits or none of them. Whoever comes second waits for the head row, and then sees what the first one did. */
    public Publication publish(List<Edit> edits, Author author) {
        return database.jdbi().inTransaction(handle -> {
            handle.execute("select 1 from head for update");
            return publish(handle, edits, author);
        });
    }

    private Publication publish(Handle handle, List<Edit> edits, Author author) {
        var loaded = reader.load(handle);
        var draft = new Draft(loaded.snapshot(), ConfigurationReader.skipped(handle, loaded), saving);
        var keys = new KeyChanges(handle, draft, edits);
        for (var edit : edits) {
            var conflict = conflict(handle, edit, loaded, keys);
            if (conflict.isPresent()) {
                return conflict.get();
            }
        }
        for (var edit : edits) {
            switch (edit) {
                case Edit.Put put -> draft.put(put.name(), put.entity());
                case Edit.Delete delete -> {
                    draft.delete(delete.kind(), delete.name());
                    if (delete.kind() == Kind.CONSUMER) {
                        keys.revokeAllOf(delete.name());
                    }
                }
                case Edit.AddKey add -> keys.add(add);
                case Edit.OfKey change -> keys.take(change);
                case Edit.RegainRoute regain -> keys.regain(regain);
            }
        }
        var problems = problems(draft, keys, loaded);
        if (!problems.isEmpty()) {
            return new Publication.Refused(problems);
        }
        var writes = draft.writes();
        keys.lose(writes.stream()
                .filter(write -> write.kind() == Kind.ROUTE && write.entity().isEmpty())
                .map(Draft.Write::name)
                .toList());
        var changes = new ArrayList<Change>();
        writes.forEach(write -> changes.add(draft.change(write)));
        changes.addAll(keys.changes());
        if (changes.isEmpty()) {
            return new Publication.Unchanged(loaded.version().revision());
        }
        long revision = loaded.version().revision() + 1;
        history.record(handle, revision, author, changes);
        writes.forEach(write -> write(handle, write, revision));
        keys.write(revision, author.name());
        handle.execute("update head set revision = ?", revision);
        return new Publication.Published(revision, List.copyOf(changes));
    }

    private List<Problem> problems(Draft draft, KeyChanges keys, ConfigurationReader.Loaded loaded) {
        var problems = new ArrayList<>(draft.problems());
        problems.addAll(keys.problems());
        if (problems.isEmpty()) {
            problems.addAll(saving.introduced(loaded.snapshot(), draft.snapshot()));
        }
        return problems;
    }

    private Optional<Publication.Conflict> conflict(
            Handle handle, Edit edit, ConfigurationReader.Loaded loaded, KeyChanges keys) {
        return switch (edit) {
            case Edit.Put put -> conflict(handle, Kind.of(put.entity()), put.name(), put.expected(), loaded);
            case Edit.Delete delete -> conflict(handle, delete.kind(), delete.name(), delete.expected(), loaded);
            case Edit.ChangeKey change ->
                keys.conflict(change)
                        .flatMap(key -> history.conflict(
                                handle, "key", key.consumer() + "/" + key.name(), seen(change.expected(), loaded)));
            case Edit.AddKey _, Edit.OfKey _, Edit.RegainRoute _ -> Optional.empty();
        };
    }

    private Optional<Publication.Conflict> conflict(
            Handle handle, Kind kind, String name, long expected, ConfigurationReader.Loaded loaded) {
        if (expected == Edit.ANY || expected == loaded.revisionOf(kind, name)) {
            return Optional.empty();
        }
        return history.conflict(handle, kind.toString(), name, seen(expected, loaded));
    }

    /** A revision that is yet to come was seen before the database was restored: since then anything may differ. */
    private static long seen(long expected, ConfigurationReader.Loaded loaded) {
        return expected > loaded.version().revision() ? 0 : expected;
    }

    private static void write(Handle handle, Draft.Write write, long revision) {
        var kind = write.kind().toString();
        if (write.entity().isEmpty()) {
            handle.execute("delete from entity where kind = ? and name = ?", kind, write.name());
            return;
        }
        var settings = Json.write(plain(write));
        handle.createUpdate("""
                        insert into entity (kind, name, settings, revision)
                        values (:kind, :name, cast(:settings as jsonb), :revision)
                        on conflict (kind, name) do update set settings = excluded.settings, revision = excluded.revision
                        """)
                .bind("kind", kind)
                .bind("name", write.name())
                .bind("settings", settings)
                .bind("revision", revision)
                .execute();
    }

    private static Map<String, Object> plain(Draft.Write write) {
        return dev.gatehouse.db.settings.Settings.write((Record) write.entity().orElseThrow());
    }
}
