package dev.gatehouse.node.quota;

import dev.gatehouse.db.policy.Quota;
import dev.gatehouse.db.policy.RateLimit.WithoutRedis;
import dev.gatehouse.node.quota.SharedQuestion.Making;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.exceptions.JedisException;

/** What happens when a request finds no permit here: Redis is asked, with what the ledger knows where Redis lacks it. */
final class Asking {

    private static final Logger LOG = LoggerFactory.getLogger(Asking.class);

    /** Permits are good for so long after they were asked for; what is lost with Redis is void before anything is granted anew. */
    static final long GOOD_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** So long after its begin, the period before a period is complete in the ledger. */
    private static final long COMPLETE_MILLIS = 6_000;

    /** A key is kept so long after its period, for nodes that come late. */
    private static final long KEPT_MILLIS = TimeUnit.HOURS.toMillis(1);

    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /** So often who waits for its turn looks whether others have found Redis silent meanwhile. */
    private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private static final long SOON_MILLIS = 1_000;
    private static final long REFUSED_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long REFUSED_SOON_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /** For so long a refusal is repeated while somebody asks whether it still holds. */
    private static final long ASKED_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    /** For how many requests each node may hold permits at least, so that small quotas are never held up by it. */
    private static final long HELD_AT_LEAST = 1_000;

    private final SharedView shared;
    private final LedgerWriter ledger;
    private final LedgerClock clock;
    private final Outage outage;

    Asking(SharedView shared, LedgerWriter ledger, LedgerClock clock, Outage outage) {
        this.shared = shared;
        this.ledger = ledger;
        this.clock = clock;
        this.outage = outage;
    }

    /** @param extra beside the quota's own amount and what was carried over */
    Verdict ask(Meter meter, long extra, long cost) {
        // who is refused waits for nobody: while one asks whether that is still so, it is repeated to all others
        var again = repeated(meter, extra, cost, meter.turn().isLocked() ? ASKED_NANOS : 0);
        if (again != null) {
            return again;
        }
        try {
            return patiently(meter, extra, cost);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Verdict.Unknown();
        }
    }

    private Verdict patiently(Meter meter, long extra, long cost) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!meter.gone() && System.nanoTime() - end < 0) {
            var verdict = outage.present() ? alone(meter, extra, cost) : inTurn(meter, extra, cost);
            if (verdict != null) {
                return verdict;
            }
        }
        if (!meter.gone()) {
            LOG.warn(
                    "Quota {} could not be checked for {}: Redis and the ledger take too long",
                    meter.account().quota(),
                    PATIENCE);
        }
        return new Verdict.Unknown();
    }

    /** Whoever has the turn may wait for a Redis that others find silent: nobody waits for that one then. */
    private @Nullable Verdict inTurn(Meter meter, long extra, long cost) throws InterruptedException {
        if (!meter.turn().tryLock(STEP_NANOS, TimeUnit.NANOSECONDS)) {
            return null;
        }
        try {
            return outage.present() || meter.gone() ? null : once(meter, extra, cost);
        } finally {
            meter.turn().unlock();
        }
    }

    private @Nullable Verdict alone(Meter meter, long extra, long cost) throws InterruptedException {
        meter.sharing().lock();
        try {
            return meter.gone() ? null : without(meter, extra, cost);
        } finally {
            meter.sharing().unlock();
        }
    }

    /** @return null to try again */
    private @Nullable Verdict once(Meter meter, long extra, long cost) throws InterruptedException {
        long now = System.nanoTime();
        boolean early = meter.ranOut(now);
        if (meter.spend(cost, now)) {
            return admitted(meter, cost);
        }
        var again = repeated(meter, extra, cost, 0);
        if (again != null) {
            return again;
        }
        meter.ahead().costs(cost);
        long nth = outage.count();
        SharedAnswer answer;
        try {
            answer = answer(
                    meter, cost, meter.ahead().wish(cost, early, meter.turn().getQueueLength()));
        } catch (JedisException e) {
            outage.begin(e);
            return null;
        }
        if (answer.total() > 0) {
            meter.total(answer.total());
        }
        switch (answer.what()) {
            case DONE -> {
                if (System.nanoTime() - now >= GOOD_NANOS) {
                    granted(meter, nth, () -> meter.granted(answer.granted(), now, now + GOOD_NANOS));
                } else if (granted(meter, nth, () -> {
                    // first who asked: of what is at hand others take without having waited
                    meter.take(cost);
                    meter.granted(answer.granted() - cost, now, now + GOOD_NANOS);
                })) {
                    return admitted(meter, cost);
                }
            }
            case MISSING, NOT_COMPARED -> {
                // neither store can tell
                return alone(meter, extra, cost);
            }
            case NOT_ENOUGH -> {
                boolean others = answer.unspent() >= answer.total() + cost - meter.allowed();
                meter.refuse(new Refusal(
                        meter.allowed(), cost, others, now + (others ? REFUSED_SOON_NANOS : REFUSED_NANOS)));
                return refused(meter, meter.allowed(), others);
            }
            case NOT_SETTLED -> {
                return paused(meter, TimeUnit.MILLISECONDS.toNanos(answer.waitMillis() + 1));
            }
            case HOLDS_TOO_MUCH -> {
                return paused(meter, GOOD_NANOS);
            }
        }
        return null;
    }

    /**
     * Takes what Redis has granted, unless it was found silent meanwhile: then this node has its share, and Redis hears that
     * it holds none of this.
     *
     * @param nth how many outages there had been when it was asked
     */
    boolean granted(Meter meter, long nth, Runnable taking) {
        meter.sharing().lock();
        try {
            if (outage.present() || outage.count() != nth) {
                meter.forgetTold();
                return false;
            }
            taking.run();
            return true;
        } finally {
            meter.sharing().unlock();
        }
    }

    /** What it was refused last, if that was because all of it is used. */
    Verdict.@Nullable Exhausted known(Meter meter, Quota quota, long extra, long cost) {
        var last = meter.lastRefusal();
        long allowed = meter.allow(quota, extra);
        return last == null || last.others() || last.allowed() < allowed || last.cost() > cost
                ? null
                : refused(meter, allowed, false);
    }

    private @Nullable Verdict repeated(Meter meter, long extra, long cost, long longer) {
        var refusal = meter.refusal(System.nanoTime(), longer);
        if (refusal == null) {
            return null;
        }
        long allowed = meter.allow(meter.quota(), extra);
        return refusal.allowed() >= allowed && refusal.cost() <= cost
                ? refused(meter, allowed, refusal.others())
                : null;
    }

    /** Waits so long, or until the ledger has taken something. @return null, to try again */
    private static @Nullable Verdict paused(Meter meter, long nanos) throws InterruptedException {
        long seen = meter.changes();
        long left = nanos;
        while (left > 0 && meter.changes() == seen) {
            left = meter.changed().awaitNanos(left);
        }
        return null;
    }

    /** Asks Redis; where it lacks the key, or has not compared it with the ledger lately, with what the ledger says. */
    private SharedAnswer answer(Meter meter, long cost, long wished) {
        boolean carry = meter.allowance().unsettled()
                && clock.millis() > meter.account().period().start().toEpochMilli() + COMPLETE_MILLIS;
        if (!carry) {
            var first = shared.ask(question(meter, cost, wished, Making.NO, !ledger.away()));
            if (first.what() != SharedAnswer.What.MISSING && first.what() != SharedAnswer.What.NOT_COMPARED) {
                return first;
            }
        }
        boolean unsure = ledger.unsure() || meter.holds();
        var standing = ledger.standing(meter);
        meter.allow(meter.quota(), meter.allowance().bonus());
        return shared.ask(question(
                meter,
                cost,
                wished,
                standing.isEmpty() ? Making.NO : standing.get().fresh() && !unsure ? Making.NEW : Making.LOST,
                false));
    }

    /** Redis does not answer. */
    void lost(JedisException cause) {
        outage.begin(cause);
    }

    /** More before what is here runs out: nobody waits for it. Only with the meter's turn. */
    SharedQuestion renewing(Meter meter, long now) {
        return question(meter, 0, meter.wanted(now), Making.NO, !ledger.away());
    }

    /** Redis is away: the share that requests would wait for once there are no permits any more. */
    void prepare(Meter meter) {
        if (meter.quota().withoutRedis() == WithoutRedis.LOCAL
                && meter.sharing().tryLock()) {
            try {
                if (outage.present() && !meter.gone()) {
                    share(meter, meter.allow(meter.quota(), meter.allowance().bonus()), 1, false);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                meter.sharing().unlock();
            }
        }
    }

    /** What is told to Redis besides: nothing is asked for. */
    SharedQuestion telling(Meter meter) {
        return question(meter, 0, 0, Making.NO, false);
    }

    /** The same, where Redis has lost the key. */
    SharedQuestion tellingAnew(Meter meter) {
        return question(meter, 0, 0, Making.LOST, false);
    }

    private SharedQuestion question(Meter meter, long cost, long wished, Making making, boolean strict) {
        long ttl = meter.account().period().end().toEpochMilli() - clock.millis() + KEPT_MILLIS;
        return meter.question(new Meter.Asked(cost, wished, most(meter), making, strict, ttl));
    }

    /** What this node may hold; without the ledger it cannot give up what it has counted, and may hold anything. */
    private long most(Meter meter) {
        return ledger.away()
                ? 0
                : Math.max(HELD_AT_LEAST * meter.ahead().dearest(), meter.allowed() / (4L * shared.nodes()));
    }

    /** Redis is away, or has lost the key while the ledger is away: the quota's own rule. */
    private @Nullable Verdict without(Meter meter, long extra, long cost) throws InterruptedException {
        if (meter.spend(cost, System.nanoTime())) {
            return admitted(meter, cost);
        }
        long allowed = meter.allow(meter.quota(), extra);
        return switch (meter.quota().withoutRedis()) {
            case ALLOW -> {
                meter.charge(cost);
                yield admitted(meter, cost);
            }
            case DENY -> new Verdict.Unknown();
            case LOCAL -> share(meter, allowed, cost, true);
        };
    }

    /**
     * Once an outage each node gets its share of what was left: a part for each of those that serve. Until all of them
     * must have noticed, what they may hold is taken to be used; where too little is left for that, all look at the same
     * time, before anybody spends. Permits that are here are spent on meanwhile.
     *
     * @param patient whether to wait for that where too little is left otherwise
     */
    private @Nullable Verdict share(Meter meter, long allowed, long cost, boolean patient) throws InterruptedException {
        long nth = outage.count() + ledger.outages();
        if (!meter.sharing().begins(nth)) {
            return refused(meter, allowed, meter.usedHere() < allowed);
        }
        long unnoticed = outage.unnoticedNanos();
        boolean told = ledger.standing(meter).isPresent();
        meter.drain();
        long known = told ? meter.usedHere() : Math.max(meter.total(), meter.usedHere());
        long unread = outage.unreadNanos();
        long hidden = unread > 0 ? (shared.nodes() - 1) * most(meter) : 0;
        long mine = shared.share().of(allowed - known - hidden);
        if (mine < cost && unread > 0 && shared.share().of(allowed - known) >= cost) {
            if (unnoticed > 0) {
                meter.sharing().undo();
                if (patient) {
                    meter.sharing().pause(unnoticed, outage::present);
                }
                return null;
            }
            // as long as others have not seen what is left, nobody spends of it
            LockSupport.parkNanos(meter, unread);
            mine = shared.share().of(allowed - known);
        }
        if (!outage.present() && !ledger.away()) {
            // that took its time: all others ask again, and do not know of this share
            meter.sharing().undo();
            return null;
        }
        meter.total(known + mine);
        meter.share(mine);
        return mine < cost ? refused(meter, allowed, known < allowed) : null;
    }

    Verdict admitted(Meter meter, long cost) {
        return new Verdict.Admitted(meter, cost, meter.left(), reset(meter));
    }

    private Verdict.Exhausted refused(Meter meter, long allowed, boolean others) {
        return new Verdict.Exhausted(
                allowed, others ? Math.min(SOON_MILLIS, reset(meter)) : reset(meter), reset(meter));
    }

    long reset(Meter meter) {
        return Math.max(1, meter.account().period().end().toEpochMilli() - clock.millis());
    }
}
