package dev.gatehouse.db.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Revisions: who published what, when and why. */
public final class History {

    private final Database database;

    public History(Database database) {
        this.database = database;
    }

    /** One published change of the configuration. */
    public record Revision(long revision, Instant at, String author, String reason, List<Change> changes) {}

    /** The newest first, with all they changed. */
    public List<Revision> newest(int most) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery("""
                        select revision, at, author, reason from revision order by revision desc limit :most""")
                        .bind("most", most)
                        .map((row, _) -> revision(handle, row))
                        .list());
    }

    private static Revision revision(Handle handle, ResultSet row) throws SQLException {
        long number = row.getLong("revision");
        var changes = handle.createQuery("select * from change where revision = :revision order by position")
                .bind("revision", number)
                .map((change, _) -> change(change))
                .list();
        return new Revision(number, instant(row, "at"), row.getString("author"), row.getString("reason"), changes);
    }

    void record(Handle handle, long revision, Author author, List<Change> changes) {
        handle.createUpdate("insert into revision (revision, author, reason) values (:revision, :author, :reason)")
                .bind("revision", revision)
                .bind("author", author.name())
                .bind("reason", author.reason())
                .execute();
        var batch = handle.prepareBatch("""
                insert into change (revision, position, kind, name, action, before, after)
                values (:revision, :position, :kind, :name, :action, cast(:before as jsonb), cast(:after as jsonb))
                """);
        int position = 0;
        for (var change : changes) {
            batch.bind("revision", revision)
                    .bind("position", position++)
                    .bind("kind", change.kind())
                    .bind("name", change.name())
                    .bind("action", change.action().toString())
                    .bind("before", change.before().map(Json::write).orElse(null))
                    .bind("after", change.after().map(Json::write).orElse(null))
                    .add();
        }
        batch.execute();
        AuditLog.write(handle, revision, author, changes);
    }

    /** Empty when no revision tells of a change since the expected one: then there is nothing to be overwritten. */
    Optional<Publication.Conflict> conflict(Handle handle, String kind, String name, long expected) {
        var changes = handle.createQuery("""
                        select * from change where kind = :kind and name = :name and revision > :expected order by revision
                        """)
                .bind("kind", kind)
                .bind("name", name)
                .bind("expected", expected)
                .map((row, _) -> change(row))
                .list();
        return handle.createQuery("""
                        select author, at, revision from revision
                         where revision = (select max(revision) from change where kind = :kind and name = :name and revision > :expected)
                        """)
                .bind("kind", kind)
                .bind("name", name)
                .bind("expected", expected)
                .map((row, _) -> new Publication.Conflict(
                        kind, name, row.getString("author"), instant(row, "at"), row.getLong("revision"), changes))
                .findOne();
    }

    private static Change change(ResultSet row) throws SQLException {
        return new Change(
                row.getString("kind"),
                row.getString("name"),
                Change.Action.valueOf(row.getString("action").toUpperCase(Locale.ROOT)),
                Optional.ofNullable(row.getString("before")).map(Json::mapping),
                Optional.ofNullable(row.getString("after")).map(Json::mapping));
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
