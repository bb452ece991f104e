package dev.gatehouse.db.store;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Who did what: every published change, and what changes no configuration, such as signing in. */
public final class AuditLog {

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

    static void write(Handle handle, String actor, String action, String subject, Map<String, Object> detail) {
        handle.createUpdate("""
                        insert into audit (actor, action, subject, detail)
                        values (:actor, :action, :subject, cast(:detail as jsonb))
                        """)
                .bind("actor", actor)
                .bind("action", action)
                .bind("subject", subject)
                .bind("detail", Json.write(detail))
                .execute();
    }
}
