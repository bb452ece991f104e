package dev.gatehouse.db.store;

import dev.gatehouse.db.quota.Account;
import dev.gatehouse.db.quota.Batch;
import dev.gatehouse.db.quota.Figure;
import dev.gatehouse.db.quota.Period;
import dev.gatehouse.db.quota.Usage;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The truth about quotas: what was used of each, by whom, in which period. */
public final class QuotaLedger {

    private static final String NOW = "select clock_timestamp() as now";

    private final Database database;

    public QuotaLedger(Database database) {
        this.database = database;
    }

    /**
     * What came of a batch.
     *
     * @param now on the database's clock
     * @param used of each of its accounts by all nodes; nothing where the batch had been taken before
     * @param carried what each of them carries over, once that is settled
     */
    public record Added(Instant now, Map<Account, Figure> used, Map<Account, Long> carried) {}

    /**
     * How an account stands.
     *
     * @param fresh nobody had opened it before: then nobody has used anything of it either
     * @param settled what is carried over does not change any more
     * @param now on the database's clock
     */
    public record Standing(Figure figure, long carried, boolean settled, boolean fresh, Instant now) {}

    /**
     * What may be left over from the period before.
     *
     * @param most what is carried over at most; 0: nothing is
     */
    public record CarryOver(long most, Instant previousStart) {}

    /** What a node has had taken last. */
    public record Writer(String node, UUID boot, long sequence, Instant at) {}

    /**
     * Takes a batch, once, and notes the thresholds it has crossed. What comes late, of a period that is over, is taken
     * from what was carried over from it.
     */
    public Added add(Batch batch) {
        return database.jdbi().inTransaction(handle -> {
            var begun = next(handle, batch);
            if (begun.isEmpty()) {
                return new Added(now(handle), Map.of(), Map.of());
            }
            var late = CarriedOver.late(batch.entries(), begun.get());
            CarriedOver.lock(handle, late);
            var carried = new HashMap<Account, Long>();
            var used = add(handle, batch.entries(), carried);
            CarriedOver.lower(handle, late);
            alert(handle, batch.entries(), used);
            return new Added(now(handle), used, carried);
        });
    }

    /** @return the database's time; empty where it was taken before */
    private static Optional<Instant> next(Handle handle, Batch batch) {
        return handle.createQuery("""
                        insert into quota_batch as known (node, boot, sequence) values (:node, :boot, :sequence)
                        on conflict (boot) do update set sequence = excluded.sequence, node = excluded.node, at = now()
                         where known.sequence < excluded.sequence
                        returning at
                        """)
                .bind("node", batch.node())
                .bind("boot", batch.boot())
                .bind("sequence", batch.sequence())
                .map((row, _) -> History.instant(row, "at"))
                .findFirst();
    }

    /** In the order of the key, so that two nodes never wait for each other. Past states move up about fifty times a period. */
    private static Map<Account, Figure> add(Handle handle, List<Batch.Entry> entries, Map<Account, Long> carriedOver) {
        var rows = entries.stream()
                .map(entry -> row(entry.account(), Map.of("cost", entry.cost(), "amount", entry.amount())))
                .toList();
        takeOver(handle, rows);
        var used = new HashMap<Account, Figure>();
        handle.createQuery("""
                        insert into quota_usage as known (quota, subject, starts_at, ends_at, used, amount)
                        select quota, subject, to_timestamp(starts), to_timestamp(ends), cost, amount
                          from jsonb_to_recordset(cast(:rows as jsonb))
                            as it (quota text, subject text, starts bigint, ends bigint, cost bigint, amount bigint)
                         order by quota, subject, starts
                        on conflict (quota, subject, starts_at) do update
                           set used = known.used + excluded.used, version = known.version + 1, touched_at = now(),
                               amount = case when excluded.amount > 0 then excluded.amount else known.amount end,
                               marked_at = case when now() - known.marked_at > (known.ends_at - known.starts_at) / 50
                                                then now() else known.marked_at end,
                               marked_used = case when now() - known.marked_at > (known.ends_at - known.starts_at) / 50
                                                  then known.used + excluded.used else known.marked_used end,
                               earlier_at = case when now() - known.marked_at > (known.ends_at - known.starts_at) / 50
                                                 then known.marked_at else known.earlier_at end,
                               earlier_used = case when now() - known.marked_at > (known.ends_at - known.starts_at) / 50
                                                   then known.marked_used else known.earlier_used end
                        returning quota, subject, starts_at, ends_at, used, version, carried
                        """)
                .bind("rows", Json.write(rows))
                .map((row, _) -> {
                    var account = account(row);
                    long carried = row.getLong("carried");
                    if (!row.wasNull()) {
                        carriedOver.put(account, carried);
                    }
                    return Map.entry(account, figure(row));
                })
                .forEach(one -> used.put(one.getKey(), one.getValue()));
        return used;
    }

    /**
     * Where another calendar counts from now on, what was used of the period that ran is used of the one that runs: an
     * edit resets nothing.
     *
     * @return how many accounts began so
     */
    private static int takeOver(Handle handle, List<Map<String, Object>> rows) {
        return handle.createUpdate("""
                        insert into quota_usage (quota, subject, starts_at, ends_at, amount, used, marked_used, earlier_used)
                        select quota, subject, to_timestamp(starts), to_timestamp(ends), it.amount, before.used, before.used, before.used
                          from jsonb_to_recordset(cast(:rows as jsonb))
                            as it (quota text, subject text, starts bigint, ends bigint, amount bigint),
                               lateral (select max(ran.used) as used from quota_usage as ran
                                         where ran.quota = it.quota and ran.subject = it.subject
                                           and ran.starts_at <= now() and ran.ends_at > now()) as before
                         where before.used > 0 and to_timestamp(starts) <= now() and to_timestamp(ends) > now()
                           and not exists (select from quota_usage as mine
                                            where mine.quota = it.quota and mine.subject = it.subject
                                              and mine.starts_at = to_timestamp(starts))
                         order by quota, subject, starts
                        on conflict (quota, subject, starts_at) do nothing
                        """).bind("rows", Json.write(rows)).execute();
    }

    private static void alert(Handle handle, List<Batch.Entry> entries, Map<Account, Figure> used) {
        var crossed = new ArrayList<Map<String, Object>>();
        for (var entry : entries) {
            long now = used.getOrDefault(entry.account(), Figure.NONE).used();
            entry.percents().stream()
                    .filter(percent -> now >= Math.ceilDiv(Math.multiplyExact(entry.allowed(), percent), 100L))
                    .map(percent ->
                            row(entry.account(), Map.of("percent", percent, "used", now, "allowed", entry.allowed())))
                    .forEach(crossed::add);
        }
        if (!crossed.isEmpty()) {
            handle.createUpdate("""
                            insert into quota_alert (quota, subject, starts_at, ends_at, percent, used, allowed)
                            select quota, subject, to_timestamp(starts), to_timestamp(ends), percent, used, allowed
                              from jsonb_to_recordset(cast(:rows as jsonb))
                                as it (quota text, subject text, starts bigint, ends bigint, percent int, used bigint, allowed bigint)
                             order by quota, subject, starts, percent
                            on conflict (quota, subject, starts_at, percent) do nothing
                            """).bind("rows", Json.write(crossed)).execute();
        }
    }

    /** Opens the account where nobody has yet, and settles what it carries over once the period before is complete. */
    public Standing open(Account account, long amount, CarryOver carry) {
        return database.jdbi().inTransaction(handle -> {
            if (carry.most() > 0) {
                CarriedOver.lock(handle, List.of(account));
            }
            int known = takeOver(handle, List.of(row(account, Map.of("amount", amount))));
            boolean fresh = known == 0
                    && handle.createUpdate("""
                            insert into quota_usage (quota, subject, starts_at, ends_at, amount)
                            values (:quota, :subject, :start, :end, :amount)
                            on conflict (quota, subject, starts_at) do nothing
                            """)
                                    .bindMap(key(account))
                                    .bind("amount", amount)
                                    .execute()
                            > 0;
            if (carry.most() > 0) {
                CarriedOver.settle(handle, account, amount, carry);
            }
            return handle.createQuery("""
                            select used, version, coalesce(carried, 0) as carried, carried is not null as settled, clock_timestamp() as now from quota_usage
                             where quota = :quota and subject = :subject and starts_at = :start
                            """)
                    .bindMap(key(account))
                    .map((row, _) -> new Standing(
                            figure(row),
                            row.getLong("carried"),
                            row.getBoolean("settled"),
                            fresh,
                            History.instant(row, "now")))
                    .one();
        });
    }

    /** The database's clock. */
    public Instant now() {
        return database.rows(NOW, QuotaLedger::now).getFirst();
    }

    /** What is used of each; nothing of those that nobody has opened. */
    public Map<Account, Figure> used(List<Account> accounts) {
        var rows = accounts.stream().map(account -> row(account, Map.of())).toList();
        return database.jdbi().withHandle(handle -> {
            var used = new HashMap<Account, Figure>();
            handle.createQuery("""
                            select quota, subject, starts_at, ends_at, used, version from quota_usage
                              join (select quota, subject, to_timestamp(starts) as starts_at
                                      from jsonb_to_recordset(cast(:rows as jsonb)) as it (quota text, subject text, starts bigint)) as asked
                             using (quota, subject, starts_at)
                            """)
                    .bind("rows", Json.write(rows))
                    .map((row, _) -> Map.entry(account(row), figure(row)))
                    .forEach(one -> used.put(one.getKey(), one.getValue()));
            return used;
        });
    }

    /** The accounts whose period runs, by quota and subject. */
    public List<Usage> current(int most) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery("""
                                select *, coalesce(carried, 0) as over from quota_usage
                                 where starts_at <= now() and ends_at > now() order by quota, subject limit :most
                                """)
                        .bind("most", most)
                        .map((row, _) -> usage(row))
                        .list());
    }

    /** All that is known of one quota's subject, the newest period first. */
    public List<Usage> of(String quota, String subject, int most) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery("""
                                select *, coalesce(carried, 0) as over from quota_usage
                                 where quota = :quota and subject = :subject order by starts_at desc limit :most
                                """)
                        .bind("quota", quota)
                        .bind("subject", subject)
                        .bind("most", most)
                        .map((row, _) -> usage(row))
                        .list());
    }

    /** Who has written in the last hours, by name, the newest boot of each first. */
    public List<Writer> writers() {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery("""
                                select * from quota_batch where at > now() - interval '12 hours' order by node, at desc
                                """)
                        .map((row, _) -> new Writer(
                                row.getString("node"),
                                row.getObject("boot", UUID.class),
                                row.getLong("sequence"),
                                History.instant(row, "at")))
                        .list());
    }

    /** Forgets what is long over: periods and alerts after 400 days, what a node's boot wrote last after 90. */
    public void prune() {
        database.jdbi().useHandle(handle -> {
            handle.execute("delete from quota_usage where ends_at < now() - interval '400 days'");
            handle.execute("delete from quota_alert where ends_at < now() - interval '400 days'");
            handle.execute("delete from quota_batch where at < now() - interval '90 days'");
        });
    }

    private static Instant now(Handle handle) {
        return handle.createQuery(NOW).map((row, _) -> now(row)).one();
    }

    private static Instant now(ResultSet row) throws SQLException {
        return History.instant(row, "now");
    }

    private static Figure figure(ResultSet row) throws SQLException {
        return new Figure(row.getLong("used"), row.getLong("version"));
    }

    static Map<String, Object> row(Account account, Map<String, ?> more) {
        var row = new LinkedHashMap<String, Object>(more);
        row.put("quota", account.quota());
        row.put("subject", account.subject());
        row.put("starts", account.period().start().getEpochSecond());
        row.put("ends", account.period().end().getEpochSecond());
        return row;
    }

    static Map<String, Object> key(Account account) {
        return Map.of(
                "quota", account.quota(),
                "subject", account.subject(),
                "start", time(account.period().start()),
                "end", time(account.period().end()));
    }

    static OffsetDateTime time(Instant moment) {
        return OffsetDateTime.ofInstant(moment, ZoneOffset.UTC);
    }

    static Account account(ResultSet row) throws SQLException {
        return new Account(
                row.getString("quota"),
                row.getString("subject"),
                new Period(History.instant(row, "starts_at"), History.instant(row, "ends_at")));
    }

    private static Usage usage(ResultSet row) throws SQLException {
        return new Usage(
                account(row),
                row.getLong("used"),
                row.getLong("amount"),
                row.getLong("over"),
                History.instant(row, "touched_at"),
                History.instant(row, "earlier_at"),
                row.getLong("earlier_used"));
    }
}
