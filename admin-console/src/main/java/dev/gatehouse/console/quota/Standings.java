package dev.gatehouse.console.quota;

import dev.gatehouse.db.live.QuotaView;
import dev.gatehouse.db.quota.Usage;
import dev.gatehouse.db.store.QuotaLedger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import redis.clients.jedis.exceptions.JedisException;

/** What the ledger and Redis say of all quotas; asked at most once a second, and only while somebody looks. */
public final class Standings {

    /** More are not shown at once. */
    public static final int MOST = 5_000;

    private static final Duration FRESH = Duration.ofMillis(900);

    private final QuotaLedger ledger;
    private final QuotaView view;
    private final BooleanSupplier redis;
    private final Clock clock;
    private Optional<Books> known = Optional.empty();

    /** @param redis whether it answers just now: else it is not asked, as whoever looks would wait for it */
    public Standings(QuotaLedger ledger, QuotaView view, BooleanSupplier redis, Clock clock) {
        this.ledger = ledger;
        this.view = view;
        this.redis = redis;
        this.clock = clock;
    }

    /**
     * An account in both books.
     *
     * @param held as Redis has it; empty where it does not, or does not answer
     */
    record Entry(Usage usage, Optional<QuotaView.Held> held) {}

    /** @param redis whether it answered */
    record Books(Instant at, List<Entry> entries, List<QuotaLedger.Writer> writers, boolean redis) {}

    synchronized Books now() {
        var now = clock.instant();
        var fresh = known.filter(books -> Duration.between(books.at, now).abs().compareTo(FRESH) < 0);
        if (fresh.isPresent()) {
            return fresh.get();
        }
        var usages = ledger.current(MOST);
        var held = held(usages);
        var entries = new ArrayList<Entry>();
        for (int i = 0; i < usages.size(); i++) {
            entries.add(new Entry(usages.get(i), held.isEmpty() ? Optional.empty() : held.get(i)));
        }
        var books = new Books(now, entries, ledger.writers(), usages.isEmpty() || !held.isEmpty());
        known = Optional.of(books);
        return books;
    }

    /** Empty when Redis does not answer. */
    private List<Optional<QuotaView.Held>> held(List<Usage> usages) {
        if (!redis.getAsBoolean()) {
            return List.of();
        }
        try {
            return view.read(usages.stream().map(Usage::account).toList());
        } catch (JedisException e) {
            return List.of();
        }
    }

    /** Past periods of one account, the newest first. */
    List<Usage> history(String quota, String subject) {
        return ledger.of(quota, subject, 6);
    }
}
