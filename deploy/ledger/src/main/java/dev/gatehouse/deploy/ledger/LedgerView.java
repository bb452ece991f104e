package dev.gatehouse.deploy.ledger;

import dev.gatehouse.db.live.QuotaView;
import dev.gatehouse.db.quota.Usage;
import dev.gatehouse.db.store.Database;
import dev.gatehouse.db.store.QuotaLedger;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.JdbiException;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisException;

/** What PostgreSQL and Redis say was used of the quota, in all periods that the run has touched. */
final class LedgerView implements AutoCloseable {

    private static final int PERIODS = 10;

    private final Database database;
    private final QuotaLedger ledger;
    private final QuotaView redis;

    LedgerView(Database.Access access, UnifiedJedis redis) {
        database = Database.open(access, 1);
        ledger = new QuotaLedger(database);
        this.redis = new QuotaView(redis);
    }

    /** @param book of what arrived meanwhile, and what may have been counted without arriving */
    Verdict.Quota look(long amount, Book book) {
        try {
            var periods = ledger.of(Settings.QUOTA, Settings.SUBJECT, PERIODS);
            return new Verdict.Quota(
                    amount,
                    periods.stream().mapToLong(Usage::used).sum(),
                    held(periods),
                    book.arrivedAtAll(),
                    book.open());
        } catch (JdbiException | JedisException e) {
            throw new LedgerException("The stores cannot be asked what was used: " + e.getMessage(), e);
        }
    }

    private long held(List<Usage> periods) {
        var held = redis.read(periods.stream().map(Usage::account).toList());
        return held.isEmpty() || held.stream().anyMatch(Optional::isEmpty)
                ? -1
                : held.stream()
                        .mapToLong(one ->
                                one.orElseThrow().used() + one.orElseThrow().held())
                        .sum();
    }

    @Override
    public void close() {
        database.close();
    }
}
