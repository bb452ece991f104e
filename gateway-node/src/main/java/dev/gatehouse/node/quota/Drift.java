package dev.gatehouse.node.quota;

import dev.gatehouse.db.live.QuotaView;
import dev.gatehouse.db.quota.Account;
import dev.gatehouse.db.quota.Figure;
import dev.gatehouse.db.store.QuotaLedger;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * How far Redis and the ledger are apart on what was used. While something is used they differ for moments: a batch is in
 * the ledger a little before Redis is told. What stays is a fault.
 */
final class Drift {

    private static final int AT_ONCE = 1_000;

    private final QuotaView redis;
    private final QuotaLedger ledger;
    private final Supplier<Stream<Account>> accounts;
    private long seen;
    private volatile OptionalLong units = OptionalLong.empty();

    /** @param accounts to be compared, a thousand of them at a time */
    Drift(QuotaView redis, QuotaLedger ledger, Supplier<Stream<Account>> accounts) {
        this.redis = redis;
        this.ledger = ledger;
        this.accounts = accounts;
    }

    /** Of those that were compared last, by how many units they differ together; empty where that could not be told. */
    OptionalLong units() {
        return units;
    }

    /** Compares. Whatever it ends with, nothing is known where a store does not answer. */
    void look() {
        var some = accounts.get().skip(seen).limit(AT_ONCE).toList();
        seen = some.size() < AT_ONCE ? 0 : seen + AT_ONCE;
        var apart = OptionalLong.empty();
        try {
            apart = OptionalLong.of(some.isEmpty() ? 0 : apart(some));
        } finally {
            units = apart;
        }
    }

    private long apart(List<Account> some) {
        var known = redis.read(some);
        var used = ledger.used(some);
        long sum = 0;
        for (int i = 0; i < some.size(); i++) {
            long truth = used.getOrDefault(some.get(i), Figure.NONE).used();
            // what Redis has lost is put there again by whoever asks next
            sum += known.get(i).map(held -> Math.abs(held.used() - truth)).orElse(0L);
        }
        return sum;
    }
}
