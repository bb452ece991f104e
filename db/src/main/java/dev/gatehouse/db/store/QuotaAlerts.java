package dev.gatehouse.db.store;

import dev.gatehouse.db.quota.QuotaAlert;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/** Alerts on their way to whoever wants to know. Each is claimed for a while by one sender, so that several may run. */
public final class QuotaAlerts {

    private final Database database;

    public QuotaAlerts(Database database) {
        this.database = database;
    }

    /** Those that are due and nobody else is sending; this caller has them until the time is over. */
    public List<QuotaAlert> claim(int most, Duration time) {
        return database.jdbi()
                .inTransaction(handle -> handle.createQuery("""
                                update quota_alert set attempts = attempts + 1, due_at = now() + :seconds * interval '1 second'
                                 where id in (select id from quota_alert where sent_at is null and due_at <= now()
                                               order by due_at limit :most for update skip locked)
                                returning *
                                """)
                        .bind("seconds", time.toSeconds())
                        .bind("most", most)
                        .map((row, _) -> alert(row))
                        .list());
    }

    /** Those that were crossed last, the latest first. */
    public List<QuotaAlert> latest(int most) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery("select * from quota_alert order by id desc limit :most")
                        .bind("most", most)
                        .map((row, _) -> alert(row))
                        .list());
    }

    /** One of several receivers has it. */
    public void told(QuotaAlert alert, String webhook) {
        database.jdbi()
                .useHandle(handle -> handle.execute(
                        "update quota_alert set told = array_append(told, ?) where id = ?", webhook, alert.id()));
    }

    /** Nobody is left to be told. */
    public void sent(QuotaAlert alert) {
        database.jdbi()
                .useHandle(handle -> handle.execute(
                        "update quota_alert set sent_at = now(), trouble = '' where id = ?", alert.id()));
    }

    /** It is due again after the pause. */
    public void failed(QuotaAlert alert, String trouble, Duration pause) {
        database.jdbi()
                .useHandle(handle -> handle.createUpdate("""
                                update quota_alert set trouble = :trouble, due_at = now() + :seconds * interval '1 second'
                                 where id = :id
                                """)
                        .bind("trouble", trouble)
                        .bind("seconds", pause.toSeconds())
                        .bind("id", alert.id())
                        .execute());
    }

    static QuotaAlert alert(ResultSet row) throws SQLException {
        return new QuotaAlert(
                row.getLong("id"),
                QuotaLedger.account(row),
                row.getInt("percent"),
                row.getLong("used"),
                row.getLong("allowed"),
                History.instant(row, "at"),
                row.getInt("attempts"),
                Optional.ofNullable(row.getObject("sent_at", OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant),
                row.getString("trouble"),
                List.of((String[]) row.getArray("told").getArray()));
    }
}
