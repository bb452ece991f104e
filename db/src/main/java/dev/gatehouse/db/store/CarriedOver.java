package dev.gatehouse.db.store;

import dev.gatehouse.db.quota.Account;
import dev.gatehouse.db.quota.Batch;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** What a period leaves to the one after it: never more than was left, whatever is written late or was edited. */
final class CarriedOver {

    /** A batch may be on its way for so long before it is seen by others. */
    private static final Duration ON_ITS_WAY = Duration.ofMinutes(1);

    private CarriedOver() {}

    /** Those whose period is over, so that another one may have taken something over from it. */
    static List<Account> late(List<Batch.Entry> entries, Instant now) {
        return entries.stream()
                .map(Batch.Entry::account)
                .filter(account -> account.period().end().isBefore(now.plus(ON_ITS_WAY)))
                .toList();
    }

    /** Until the end of the transaction nobody settles what they carry over, and nobody writes late. Before anything else. */
    static void lock(Handle handle, List<Account> accounts) {
        if (!accounts.isEmpty()) {
            handle.createQuery("""
                            select pg_advisory_xact_lock(number)
                              from (select distinct hashtextextended(quota || E'\\n' || subject, 0) as number
                                      from jsonb_to_recordset(cast(:rows as jsonb)) as it (quota text, subject text)
                                     order by number) as each
                            """)
                    .bind("rows", rows(accounts))
                    .map((_, _) -> 1)
                    .list();
        }
    }

    /**
     * Five seconds after its end a period is taken to be complete. Where another calendar counted then, all that was used of
     * any period in it was used of it. Who did not use it at all, but was known before, has all of it left.
     */
    static void settle(Handle handle, Account account, long amount, QuotaLedger.CarryOver carry) {
        handle.createUpdate("""
                        update quota_usage as mine
                           set carried = least(:most, greatest(0, coalesce(
                                   (select amount + coalesce(carried, 0) - used from quota_usage
                                     where quota = :quota and subject = :subject and starts_at = :previous),
                                   (select max(amount + coalesce(carried, 0)) - sum(used) from quota_usage
                                     where quota = :quota and subject = :subject and starts_at < :start and ends_at > :previous),
                                   (select :amount from quota_usage
                                     where quota = :quota and subject = :subject and starts_at < :previous limit 1),
                                   0)))
                         where quota = :quota and subject = :subject and starts_at = :start
                           and carried is null and now() > starts_at + interval '5 seconds'
                        """)
                .bindMap(QuotaLedger.key(account))
                .bind("most", carry.most())
                .bind("amount", amount)
                .bind("previous", QuotaLedger.time(carry.previousStart()))
                .execute();
    }

    /** Takes what came late from what was carried over from there, and so on. */
    static void lower(Handle handle, List<Account> late) {
        var accounts = late;
        while (!accounts.isEmpty()) {
            accounts = handle.createQuery("""
                            update quota_usage as next
                               set carried = greatest(0, before.amount + coalesce(before.carried, 0) - before.used)
                              from (select quota, subject, to_timestamp(starts) as starts_at
                                      from jsonb_to_recordset(cast(:rows as jsonb)) as it (quota text, subject text, starts bigint)) as asked
                              join quota_usage as before using (quota, subject, starts_at)
                             where next.quota = before.quota and next.subject = before.subject
                               and next.starts_at = before.ends_at
                               and next.carried > greatest(0, before.amount + coalesce(before.carried, 0) - before.used)
                            returning next.quota, next.subject, next.starts_at, next.ends_at
                            """)
                    .bind("rows", rows(accounts))
                    .map((row, _) -> QuotaLedger.account(row))
                    .list();
        }
    }

    private static String rows(List<Account> accounts) {
        return Json.write(accounts.stream()
                .map(account -> QuotaLedger.row(account, Map.of()))
                .toList());
    }
}
