package dev.gatehouse.db.store;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Who did what: every published change, and what changes no configuration, such as signing in. */
public final class AuditLog {

    private static final String INSERT = """
            insert into audit (actor, action, subject, detail) values (:actor, :action, :subject, cast(:detail as jsonb))
            """;

    private final Database database;

    public AuditLog(Database database) {
        this.database = database;
    }

    public record Entry(Instant at, String actor, String action, String subject, Map<String, Object> detail) {}

    public void write(String actor, String action, String subject) {
        database.jdbi().useHandle(handle -> write(handle, actor, action, subject, Map.of()));
    }

    /** The newest first. */
    public List<Entry> newest(int most) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery("select * from audit order by id desc limit :most")
                        .bind("most", most)
                        .map((row, _) -> new Entry(
                                History.instant(row, "at"),
                                row.getString("actor"),
                                row.getString("action"),
                                row.getString("subject"),
                                Json.mapping(row.getString("detail"))))
                        .list());
    }

    /** A row for each change. */
    static void write(Handle handle, long revision, Author author, List<Change> changes) {
        var detail = Json.write(Map.of("revision", revision, "reason", author.reason()));
        var batch = handle.prepareBatch(INSERT);
        for (var change : changes) {
            batch.bind("actor", author.name())
                    .bind("action", change.action() + " " + change.kind())
                    .bind("subject", change.name())
                    .bind("detail", detail)
                    .add();
        }
        batch.execute();
    }

    private static void write(Handle handle, String actor, String action, String subject, Map<String, Object> detail) {
        handle.createUpdate(INSERT)
                .bind("actor", actor)
                .bind("action", action)
                .bind("subject", subject)
                .bind("detail", Json.write(detail))
                .execute();
    }
}
