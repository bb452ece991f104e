package dev.gatehouse.db.store;

import dev.gatehouse.db.model.Entity;
import dev.gatehouse.db.model.Kind;
import dev.gatehouse.db.model.Snapshot;
import dev.gatehouse.db.model.Version;
import dev.gatehouse.db.settings.Problem;
import dev.gatehouse.db.settings.Settings;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Reads the configuration. */
public final class ConfigurationReader {

    private final Database database;

    public ConfigurationReader(Database database) {
        this.database = database;
    }

    /**
     * A consistent state of the whole configuration.
     *
     * @param snapshot all rows that can be read
     * @param revisions under {@code kind/name} the revision that changed the thing last
     * @param problems rows that cannot be read, such as those a newer release wrote: skipped, never fatal
     */
    public record Loaded(Version version, Snapshot snapshot, Map<String, Long> revisions, List<Problem> problems) {

        /** The revision that changed the thing last; 0 when there is no such thing. */
        public long revisionOf(Kind kind, String name) {
            return revisions.getOrDefault(kind + "/" + name, 0L);
        }
    }

    /** One small query: what a node asks each second. */
    public Version version() {
        return database.jdbi().withHandle(ConfigurationReader::version);
    }

    public Loaded load() {
        return database.readOneState(ConfigurationReader::load);
    }

    static Version version(Handle handle) {
        return handle.createQuery("select epoch, revision from head")
                .map((row, _) -> new Version(row.getObject("epoch", UUID.class), row.getLong("revision")))
                .one();
    }

    static Loaded load(Handle handle) {
        var version = version(handle);
        var things = new EnumMap<Kind, Map<String, Entity>>(Kind.class);
        var revisions = new HashMap<String, Long>();
        var problems = new ArrayList<Problem>();
        handle.createQuery("select kind, name, settings, revision from entity")
                .map((row, _) -> new Row(
                        row.getString("kind"),
                        row.getString("name"),
                        row.getString("settings"),
                        row.getLong("revision")))
                .forEach(row -> {
                    revisions.put(row.kind + "/" + row.name, row.revision);
                    var entity = row.read(problems);
                    if (entity != null) {
                        things.computeIfAbsent(Kind.of(entity), _ -> new HashMap<>())
                                .put(row.name, entity);
                    }
                });
        return new Loaded(version, Snapshot.of(kind -> things.getOrDefault(kind, Map.of())), revisions, problems);
    }

    /** Rows that are there but were skipped, as they are written, under {@code kind/name}. */
    static Map<String, Map<String, Object>> skipped(Handle handle, Loaded loaded) {
        var skipped = new HashMap<String, Map<String, Object>>();
        if (!loaded.problems.isEmpty()) {
            handle.createQuery("select kind, name, settings from entity")
                    .map((row, _) ->
                            new Row(row.getString("kind"), row.getString("name"), row.getString("settings"), 0))
                    .filter(row -> loaded.snapshot
                            .find(Kind.stored(row.kind), row.name)
                            .isEmpty())
                    .forEach(row -> skipped.put(row.kind + "/" + row.name, Json.anything(row.settings)));
        }
        return skipped;
    }

    private record Row(String kind, String name, String settings, long revision) {

        @org.jspecify.annotations.Nullable
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
