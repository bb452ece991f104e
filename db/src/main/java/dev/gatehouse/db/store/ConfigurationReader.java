package dev.gatehouse.db.store;

import dev.gatehouse.db.model.Entity;
import dev.gatehouse.db.model.Kind;
import dev.gatehouse.db.model.Snapshot;
import dev.gatehouse.db.model.Version;
import dev.gatehouse.db.settings.Problem;
import dev.gatehouse.db.settings.Settings;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Reads the configuration. What was read last is kept, and brought forward by the rows that changed since: publishing one
 * route among ten thousand costs a reader one row. So whoever changes rows by hand must begin a new epoch.
 */
public final class ConfigurationReader {

    private static final String HEAD = "select epoch, revision from head";

    private static final Loaded NOTHING =
            new Loaded(new Version(new UUID(0, 0), -1), Snapshot.EMPTY, Map.of(), Map.of());

    private final Database database;
    private volatile Loaded last = NOTHING;

    public ConfigurationReader(Database database) {
        this.database = database;
    }

    /**
     * A consistent state of the whole configuration.
     *
     * @param snapshot all rows that can be read
     * @param revisions under {@code kind/name} the revision that changed the thing last
     * @param troubles likewise what is wrong with rows that cannot be read, such as those a newer release wrote: skipped,
     *     never fatal
     */
    public record Loaded(
            Version version, Snapshot snapshot, Map<String, Long> revisions, Map<String, List<Problem>> troubles) {

        /** The revision that changed the thing last; 0 when there is no such thing. */
        public long revisionOf(Kind kind, String name) {
            return revisions.getOrDefault(kind + "/" + name, 0L);
        }

        public List<Problem> problems() {
            return troubles.values().stream().flatMap(Collection::stream).toList();
        }
    }

    /** One small query: what a node asks each second. */
    public Version version() {
        return database.rows(HEAD, ConfigurationReader::version).getFirst();
    }

    public Loaded load() {
        return database.readOneState(this::load);
    }

    /** Within a transaction that has not written any of it. */
    Loaded load(Handle handle) {
        var from = last;
        var version = version(handle);
        if (version.equals(from.version)) {
            return from;
        }
        boolean onward = version.epoch().equals(from.version.epoch()) && version.revision() > from.version.revision();
        var loaded = new Reading(onward ? from : NOTHING).to(version, handle);
        last = loaded;
        return loaded;
    }

    static Version version(Handle handle) {
        return handle.createQuery(HEAD).map((row, _) -> version(row)).one();
    }

    private static Version version(ResultSet row) throws SQLException {
        return new Version(row.getObject(1, UUID.class), row.getLong(2));
    }

    /** Rows that are there but were skipped, as they are written, under {@code kind/name}. */
    static Map<String, Map<String, Object>> skipped(Handle handle, Loaded loaded) {
        var skipped = new HashMap<String, Map<String, Object>>();
        if (!loaded.troubles.isEmpty()) {
            handle.createQuery("select kind, name, settings from entity")
                    .map((row, _) ->
                            new Row(row.getString("kind"), row.getString("name"), row.getString("settings"), 0))
                    .filter(row -> loaded.troubles.containsKey(row.at()))
                    .forEach(row -> skipped.put(row.at(), Json.anything(row.settings)));
        }
        return skipped;
    }

    /** What is known, while it is brought forward. */
    private static final class Reading {

        private final Loaded from;
        private final Map<Kind, Map<String, Entity>> things = new EnumMap<>(Kind.class);
        private final Map<String, Long> revisions;
        private final Map<String, List<Problem>> troubles;

        Reading(Loaded from) {
            this.from = from;
            revisions = new HashMap<>(from.revisions);
            troubles = new TreeMap<>(from.troubles);
        }

        Loaded to(Version version, Handle handle) {
            handle.createQuery("select kind, name, settings, revision from entity where revision > :known")
                    .bind("known", from.version.revision())
                    .map((row, _) -> new Row(
                            row.getString("kind"),
                            row.getString("name"),
                            row.getString("settings"),
                            row.getLong("revision")))
                    .forEach(this::take);
            int rows = handle.createQuery("select count(*) from entity")
                    .mapTo(Integer.class)
                    .one();
            if (rows < revisions.size()) {
                dropAllBut(Set.copyOf(handle.createQuery("select kind || '/' || name from entity")
                        .mapTo(String.class)
                        .list()));
            }
            return new Loaded(
                    version,
                    things.isEmpty() ? from.snapshot : Snapshot.of(this::all),
                    Collections.unmodifiableMap(revisions),
                    Collections.unmodifiableMap(troubles));
        }

        private void take(Row row) {
            var at = row.at();
            revisions.put(at, row.revision);
            troubles.remove(at);
            var problems = new ArrayList<Problem>();
            var entity = row.read(problems);
            if (entity != null) {
                of(Kind.of(entity)).put(row.name, entity);
            } else {
                Arrays.stream(Kind.values())
                        .filter(kind -> kind.toString().equals(row.kind))
                        .forEach(kind -> of(kind).remove(row.name));
            }
            if (!problems.isEmpty()) {
                troubles.put(at, problems);
            }
        }

        private void dropAllBut(Set<String> there) {
            revisions.keySet().retainAll(there);
            troubles.keySet().retainAll(there);
            for (var kind : Kind.values()) {
                of(kind).keySet().removeIf(name -> !there.contains(kind + "/" + name));
            }
        }

        private Map<String, Entity> of(Kind kind) {
            return things.computeIfAbsent(kind, _ -> new TreeMap<>(from.snapshot.all(kind)));
        }

        private Map<String, ? extends Entity> all(Kind kind) {
            return things.containsKey(kind) ? of(kind) : from.snapshot.all(kind);
        }
    }

    private record Row(String kind, String name, String settings, long revision) {

        String at() {
            return kind + "/" + name;
        }

        @Nullable
        Entity read(List<Problem> problems) {
            var at = kind + "s." + name;
            try {
                var reading = Settings.read(Kind.stored(kind).type(), Json.read(settings));
                reading.problems().forEach(problem -> problems.add(problem.under(at)));
                return (Entity) reading.value();
            } catch (RuntimeException e) {
                problems.add(new Problem(at, "The stored row cannot be read: " + e.getMessage()));
                return null;
            }
        }
    }
}
