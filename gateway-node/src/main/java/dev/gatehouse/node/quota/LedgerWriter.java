package dev.gatehouse.node.quota;

import dev.gatehouse.db.quota.Account;
import dev.gatehouse.db.quota.Batch;
import dev.gatehouse.db.quota.Figure;
import dev.gatehouse.db.store.QuotaLedger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What this node asks of the ledger and writes to it. While it is away, nobody waits for it: counts wait in their files. */
final class LedgerWriter {

    private static final Logger LOG = LoggerFactory.getLogger(LedgerWriter.class);

    /** So long a request waits for an answer. */
    private static final Duration PATIENCE = Duration.ofMillis(500);

    /** So long after the ledger has come back, what other nodes counted meanwhile may still be on its way. */
    private static final long LATE_NANOS = TimeUnit.SECONDS.toNanos(3);

    /** A batch that takes so long is not waited for. */
    private static final long SILENT_NANOS = TimeUnit.MILLISECONDS.toNanos(1_500);

    private final QuotaLedger ledger;
    private final Meters meters;
    private final LedgerClock clock;
    private final String node;
    private final Executor asking =
            task -> Thread.ofVirtual().name("quota-ledger-ask").start(task);
    private final AtomicLong outages = new AtomicLong();
    private volatile Optional<Instant> awaySince = Optional.empty();
    private volatile long writingSince;
    private volatile long backAt = System.nanoTime() - LATE_NANOS;

    LedgerWriter(QuotaLedger ledger, Meters meters, LedgerClock clock, String node) {
        this.ledger = ledger;
        this.meters = meters;
        this.clock = clock;
        this.node = node;
    }

    /** Does it not answer, or has it been silent for so long that it looks so? */
    boolean away() {
        long since = writingSince;
        return awaySince.isPresent() || (since != 0 && System.nanoTime() - since > SILENT_NANOS);
    }

    /** Since when the ledger does not answer; empty while it does. */
    Optional<Instant> awaySince() {
        return awaySince;
    }

    /** How often it has been away. */
    long outages() {
        return outages.get();
    }

    /** Was it away, or has it just come back? Then counts of other nodes may be missing in it. */
    boolean unsure() {
        return away() || System.nanoTime() - backAt < LATE_NANOS;
    }

    /** The first request waits for the time: this node's own clock may be in another period. */
    void hearTime() {
        if (!clock.heard() && !away()) {
            asked(ledger::now).ifPresent(clock::set);
        }
    }

    /** How the account stands; empty while the ledger does not answer. */
    Optional<QuotaLedger.Standing> standing(Meter meter) {
        if (away()) {
            return Optional.empty();
        }
        var quota = meter.quota();
        var account = meter.account();
        var standing = asked(() -> ledger.open(
                account,
                quota.amount(),
                new QuotaLedger.CarryOver(
                        quota.carryOver(),
                        quota.calendar().before(account.period()).start())));
        standing.ifPresent(known -> {
            clock.set(known.now());
            meter.learned(known.figure(), known.carried(), known.settled());
        });
        return standing;
    }

    private <T> Optional<T> asked(Supplier<T> question) {
        try {
            return Optional.of(
                    CompletableFuture.supplyAsync(question, asking).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException | TimeoutException e) {
            lost(e);
            return Optional.empty();
        }
    }

    private void lost(Exception cause) {
        synchronized (outages) {
            if (awaySince.isEmpty()) {
                outages.incrementAndGet();
                awaySince = Optional.of(Instant.ofEpochMilli(clock.millis()));
                LOG.warn("The ledger of quotas does not answer; counts wait in this node: {}", cause.toString());
            }
        }
    }

    private void found(Instant now) {
        clock.set(now);
        synchronized (outages) {
            if (awaySince.isPresent()) {
                backAt = System.nanoTime();
                awaySince = Optional.empty();
                LOG.info("The ledger of quotas answers again");
            }
        }
    }

    /**
     * Writes what was counted since, one batch of the file that is counted in and all of those that wait.
     *
     * @return files of ended processes that are now in the ledger; it is for the caller to give them up
     */
    List<CountFile> write() {
        var inherited = new ArrayList<CountFile>();
        writingSince = System.nanoTime() | 1;
        try {
            boolean wrote = false;
            for (var file : meters.files()) {
                if (meters.isCurrent(file)) {
                    wrote |= write(file);
                } else {
                    while (write(file)) {
                        wrote = true;
                    }
                    if (meters.isForeign(file)) {
                        inherited.add(file);
                    } else {
                        meters.done(file);
                    }
                }
            }
            if (!wrote && (away() || clock.isOld())) {
                found(ledger.now());
            }
        } catch (JdbiException e) {
            lost(e);
        } finally {
            writingSince = 0;
        }
        return inherited;
    }

    /** @throws JdbiException when the ledger does not answer */
    Map<Account, Figure> used(List<Account> accounts) {
        return ledger.used(accounts);
    }

    /** @return whether there was anything */
    private boolean write(CountFile file) {
        var deltas = file.batch();
        if (deltas.isEmpty()) {
            return false;
        }
        var entries = deltas.stream().map(this::entry).toList();
        var added = ledger.add(new Batch(node, file.id(), file.sequence(), entries));
        var used = added.used();
        if (used.isEmpty()) {
            // it was taken before, and nobody heard
            used = ledger.used(deltas.stream().map(CountFile.Delta::account).toList());
        }
        file.taken();
        writingSince = System.nanoTime() | 1;
        found(added.now());
        for (var delta : deltas) {
            var meter = meters.of(delta.account());
            if (meter != null && !meters.isForeign(file)) {
                var carried = added.carried().get(delta.account());
                if (carried != null) {
                    meter.allowance().carriesAtMost(carried);
                }
                meter.taken(delta.cost(), used.getOrDefault(delta.account(), Figure.NONE));
            }
        }
        return true;
    }

    private Batch.Entry entry(CountFile.Delta delta) {
        Account account = delta.account();
        var meter = meters.of(account);
        return meter == null
                ? new Batch.Entry(account, delta.cost(), 0, 0, List.of())
                : new Batch.Entry(account, delta.cost(), meter.quota().amount(), meter.allowed(), alerts(meter));
    }

    /** What many have used together says nothing of any of them. */
    private static List<Integer> alerts(Meter meter) {
        return meter.account().subject().equals(Meters.OTHERS)
                ? List.of()
                : meter.allowance().alerts();
    }
}
