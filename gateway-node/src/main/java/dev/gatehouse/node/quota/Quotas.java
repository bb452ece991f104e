package dev.gatehouse.node.quota;

import dev.gatehouse.db.live.QuotaView;
import dev.gatehouse.db.policy.Quota;
import dev.gatehouse.db.policy.RateLimit.WithoutRedis;
import dev.gatehouse.db.store.QuotaLedger;
import dev.gatehouse.node.limit.Share;
import dev.gatehouse.node.limit.Silence;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Decides on quotas, with all other nodes through Redis, and writes what was used to the ledger once a second. The hot
 * path spends permits that are here.
 */
public final class Quotas implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Quotas.class);
    private static final Duration FLUSH = Duration.ofSeconds(1);
    private static final Duration SWEEP = Duration.ofMillis(250);
    private static final Duration PROBE = Duration.ofMillis(500);
    private static final Duration SETTLING = Duration.ofSeconds(1);
    private static final Duration COMPARE = Duration.ofSeconds(10);
    private static final Duration FAREWELL = Duration.ofSeconds(3);

    private final Subscriptions subscriptions;
    private final Meters meters;
    private final LedgerClock clock;
    private final LedgerWriter ledger;
    private final SharedView shared;
    private final Outage outage;
    private final Asking asking;
    private final Telling telling;
    private final Renewal renewal;
    private final Drift drift;
    private final Thread flusher;
    private final Thread sweeper;
    private final Thread comparer;
    private volatile boolean closed;

    /**
     * What quotas stand on.
     *
     * @param share of this node among all that serve
     * @param silence where others tell that Redis is silent, and are told
     * @param folder for what was counted and is not in the ledger yet
     */
    public record Parts(
            UnifiedJedis redis,
            Silence silence,
            QuotaLedger ledger,
            String node,
            UUID boot,
            Supplier<Share> share,
            Path folder,
            Clock clock) {}

    public Quotas(Parts parts) {
        meters = new Meters(parts.folder(), parts.boot());
        clock = new LedgerClock(parts.clock());
        subscriptions = new Subscriptions(() -> Instant.ofEpochMilli(clock.millis()));
        ledger = new LedgerWriter(parts.ledger(), meters, clock, parts.node());
        shared = new SharedView(parts.redis(), parts.boot(), parts.share());
        outage = new Outage(parts.clock(), parts.silence());
        asking = new Asking(shared, ledger, clock, outage);
        telling = new Telling(shared, ledger, meters, asking);
        renewal = new Renewal(shared, asking, outage);
        drift = new Drift(new QuotaView(parts.redis()), parts.ledger(), meters::counted);
        flusher = Thread.ofVirtual().name("quota-ledger").start(this::flush);
        sweeper = Thread.ofVirtual().name("quota-permits").start(this::sweep);
        comparer = Thread.ofVirtual().name("quota-drift").start(this::compare);
    }

    /** Which quotas of plans hold for whom. */
    public Subscriptions subscriptions() {
        return subscriptions;
    }

    /**
     * May this request go on? If so its cost is counted; {@link #giveBack} takes it back.
     *
     * @param subject whose use is counted together under that quota's name
     * @param extra beside the quota's own amount, such as a bonus
     */
    public Verdict decide(Quota quota, String name, String subject, long extra, long cost) {
        ledger.hearTime();
        var meter = meters.of(quota, name, subject, clock.millis());
        if (meter == null) {
            return beyond(quota, name, cost);
        }
        meter.allow(quota, extra);
        if (!quota.refuses()) {
            meters.charge(meter, cost);
            return new Verdict.Admitted(
                    meter, cost, Math.max(0, meter.allowed() - meter.usedHere()), asking.reset(meter));
        }
        long now = System.nanoTime();
        if (meter.spend(cost, now)) {
            if (meter.low(now)) {
                renewal.add(meter);
            }
            return asking.admitted(meter, cost);
        }
        var verdict = asking.ask(meter, extra, cost);
        return meter.gone() && verdict instanceof Verdict.Unknown ? decide(quota, name, subject, extra, cost) : verdict;
    }

    /** There is no room for one more account: what may not refuse for that is counted for all of those together. */
    private Verdict beyond(Quota quota, String name, long cost) {
        boolean admits = !quota.refuses() || quota.withoutRedis() == WithoutRedis.ALLOW;
        var others = admits ? meters.others(quota, name, clock.millis()) : null;
        if (others == null) {
            return new Verdict.Unknown();
        }
        meters.charge(others, cost);
        return new Verdict.Admitted(others, cost, quota.amount(), asking.reset(others));
    }

    /**
     * Was it exhausted when this node asked last, and does nothing speak against that? Nobody is asked, and nothing
     * counted.
     */
    public Verdict.@Nullable Exhausted exhausted(Quota quota, String name, String subject, long extra, long cost) {
        var meter = meters.known(quota, name, subject, clock.millis());
        return meter == null ? null : asking.known(meter, quota, extra, cost);
    }

    /** A request that did not go on after all. */
    public void giveBack(Verdict.Admitted admitted) {
        meters.charge(admitted.meter(), -admitted.cost());
    }

    /** What a request has cost beyond what was decided, once that is known. */
    public void charge(Verdict.Admitted admitted, long more) {
        meters.charge(admitted.meter(), more);
    }

    /** How this node stands with the ledger and with Redis. */
    public QuotaFigures figures() {
        return new QuotaFigures(
                meters.all().size(),
                meters.all().stream().mapToLong(Meter::held).sum(),
                meters.files().size(),
                drift.units(),
                clock.silent(),
                ledger.away(),
                outage.present());
    }

    /** What is not as it should be, one sentence each. */
    public List<String> problems() {
        var problems = new ArrayList<String>();
        outage.since()
                .ifPresent(since -> problems.add("Redis has not answered since " + moment(since)
                        + "; each quota goes by its own rule for that."));
        ledger.awaySince()
                .ifPresent(since -> problems.add("The ledger of quotas has not answered since " + moment(since)
                        + "; what is used meanwhile waits in this node."));
        return problems;
    }

    private static Instant moment(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS);
    }

    private void flush() {
        while (!closed) {
            try {
                telling.inherited(ledger.write());
            } catch (RuntimeException | Error e) {
                LOG.error("Counts of quotas were not written; they are kept", e);
            }
            LockSupport.parkNanos(FLUSH.toNanos());
        }
    }

    private void sweep() {
        while (!closed) {
            LockSupport.parkNanos((outage.present() ? PROBE : SWEEP).toNanos());
            try {
                if (outage.present()) {
                    comeBack();
                } else {
                    telling.changes();
                    forget(System.nanoTime());
                }
            } catch (JedisException e) {
                outage.begin(e);
            } catch (RuntimeException | Error e) {
                LOG.error("Permits were not told of; that is tried again", e);
            }
        }
    }

    /** Gives up the memory of accounts that nobody uses. */
    void forget(long now) {
        meters.sweep(now);
    }

    private void compare() {
        while (!closed) {
            try {
                drift.look();
            } catch (RuntimeException | Error e) {
                LOG.debug("Redis and the ledger were not compared", e);
            }
            LockSupport.parkNanos(COMPARE.toNanos());
        }
    }

    /**
     * First every node tells what it holds, the rest of its share too, and only then asks for more: nobody is granted
     * what another one still spends.
     */
    private void comeBack() {
        try {
            shared.probe();
            telling.everything(SETTLING.toNanos());
            LockSupport.parkNanos(SETTLING.toNanos());
            telling.everything(0);
            outage.end();
        } catch (JedisException e) {
            LOG.debug("Redis is still away", e);
        }
    }

    /** Writes what was counted; what the ledger does not take stays in its file for the next start. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(flusher);
        LockSupport.unpark(sweeper);
        LockSupport.unpark(comparer);
        renewal.close();
        try {
            flusher.join(FAREWELL);
            sweeper.join(FAREWELL);
            meters.all().forEach(Meter::drain);
            ledger.write();
            // the first may have been one that waited, and then this is the rest
            ledger.write();
            telling.farewell();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (JedisException e) {
            LOG.debug("Redis was not told; it is when the counts are written", e);
        } finally {
            meters.close();
        }
    }
}
