package dev.gatehouse.node.quota;

import dev.gatehouse.db.live.QuotaView;
import dev.gatehouse.db.policy.Quota;
import dev.gatehouse.db.quota.Account;
import dev.gatehouse.db.quota.Figure;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One account on this node: what it may spend of it, what it has counted, what it knows. Spending needs no lock; whoever
 * asks the others holds {@link #turn}.
 */
final class Meter {

    /** How exactly is known when it was used last. */
    private static final long TOUCH_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final long FOR_EVER_NANOS = Long.MAX_VALUE / 2;

    private final Account account;
    private final String key;
    private final long start;
    private final long end;
    private final Permits permits = new Permits();
    private final Ahead ahead = new Ahead();
    private final Sharing sharing = new Sharing();
    private final AtomicLong held = new AtomicLong();
    private final AtomicLong numbers;
    private final Allowance allowance;
    private final ReentrantLock turn = new ReentrantLock();
    private final Condition changed = turn.newCondition();
    private volatile CountFile.Slot slot;
    private final AtomicReference<Figure> figure = new AtomicReference<>(Figure.NONE);
    private volatile boolean heard;
    private volatile long total;
    private volatile long touched;
    private volatile boolean gone;
    private volatile boolean told = true;
    private long changes;
    private volatile @Nullable Refusal refusal;

    /** @param numbers of what this process says to Redis: they go on where a meter takes the place of a forgotten one */
    Meter(Account account, CountFile.Slot slot, Quota quota, AtomicLong numbers) {
        this.account = account;
        this.numbers = numbers;
        this.key = QuotaView.key(account);
        this.start = account.period().start().toEpochMilli();
        this.end = account.period().end().toEpochMilli();
        this.slot = slot;
        this.allowance = new Allowance(quota);
        this.touched = System.nanoTime();
    }

    Account account() {
        return account;
    }

    String key() {
        return key;
    }

    /** Held by whoever asks Redis or the ledger about it. */
    ReentrantLock turn() {
        return turn;
    }

    /** Takes {@link #turn} where nobody has it, and it was not forgotten: its successor speaks for the account then. */
    boolean tryTurn() {
        if (!turn.tryLock()) {
            return false;
        }
        if (gone) {
            turn.unlock();
            return false;
        }
        return true;
    }

    /** How often the ledger has taken something. */
    long changes() {
        return changes;
    }

    /** Signalled when the ledger has taken something. */
    Condition changed() {
        return changed;
    }

    /** What the subject may use now, as the configuration says. */
    long allow(Quota now, long extra) {
        return allowance.of(now, extra);
    }

    long allowed() {
        return allowance.all();
    }

    Quota quota() {
        return allowance.quota();
    }

    /**
     * Spends permits that are here.
     *
     * @param now of {@link System#nanoTime}
     */
    boolean spend(long cost, long now) {
        if (now - touched > TOUCH_NANOS) {
            touched = now;
        }
        return permits.take(cost, now) && count(cost);
    }

    /** Counts what Redis has granted to whoever asked it. */
    void take(long cost) {
        touched = System.nanoTime();
        held.addAndGet(cost);
        count(cost);
    }

    /**
     * Counts what nobody gave a permit for.
     *
     * @return false where it was forgotten meanwhile: then its successor has to, or what the ledger takes is taken from
     *     what that one holds
     */
    boolean charge(long cost) {
        touched = System.nanoTime();
        held.addAndGet(cost);
        if (gone || !count(cost)) {
            held.addAndGet(-cost);
            return false;
        }
        told = false;
        return true;
    }

    private boolean count(long cost) {
        while (!slot.add(cost)) {
            if (gone) {
                return false;
            }
            Thread.onSpinWait();
        }
        return true;
    }

    void move(CountFile.Slot next) {
        slot = next;
    }

    /**
     * Permits that were handed out.
     *
     * @param now when they were asked for, of {@link System#nanoTime}
     * @param until of the same
     */
    void granted(long more, long now, long until) {
        held.addAndGet(more);
        permits.add(more, now, until);
        refusal = null;
    }

    /**
     * Near the edge there are none: then what is here is spent, or goes back in time, and each request asks. Where none were
     * wished, those that are here go on, since Redis knows of them.
     */
    void renewed(SharedAnswer answer, boolean wished, long asked) {
        if (answer.total() > 0) {
            total = answer.total();
        }
        if (answer.granted() > 0) {
            granted(answer.granted(), asked, asked + Asking.GOOD_NANOS);
        } else if (!wished && answer.what() == SharedAnswer.What.DONE) {
            permits.add(0, asked, asked + Asking.GOOD_NANOS);
        } else {
            permits.notRenewed(asked);
        }
    }

    /** Are more wanted, and have not come yet? */
    boolean renewing() {
        return permits.renewing() && !gone;
    }

    /** What this node gives itself, for as long as nobody can be asked; Redis hears of it as soon as it can. */
    void share(long mine) {
        long now = System.nanoTime();
        granted(mine, now, now + FOR_EVER_NANOS);
        told = false;
    }

    /** Somebody can be asked again: what is left of a share goes back like other permits. */
    void endShare(long good) {
        permits.shorten(good);
    }

    /** Permits that are not spent in time are no longer held. */
    void expire(long now) {
        release(permits.expired(now));
    }

    /** Nothing is spent from here on without asking. */
    void drain() {
        release(permits.drain());
    }

    private void release(long unspent) {
        if (unspent > 0) {
            held.addAndGet(-unspent);
            told = false;
        }
    }

    /** Were the last permits spent before their time was over? */
    boolean ranOut(long now) {
        return permits.ranOut(now);
    }

    long held() {
        return held.get();
    }

    Allowance allowance() {
        return allowance;
    }

    /** Does Redis count it? What refuses nothing is only in the ledger. */
    boolean refusable() {
        return quota().refuses();
    }

    /** Does it count for that quota at that moment? */
    boolean covers(Quota now, long millis) {
        var quota = quota();
        return millis >= start
                && millis < end
                && (quota.equals(now) || quota.calendar().equals(now.calendar()));
    }

    /** Permits of before go on for a while, now that Redis knows of them. */
    void extend(long until) {
        permits.add(0, System.nanoTime(), until);
    }

    /** Should more permits be asked for, before those that are here run out? Said once, to whoever has spent some. */
    boolean low(long now) {
        return permits.low(now);
    }

    /** How many to ask for so that they last; what is here beyond that goes back. Only with {@link #turn}. */
    long wanted(long now) {
        long more = ahead.bounded(permits.wanted(now)) - permits.unspent();
        if (more < 0 && permits.take(-more, now)) {
            release(-more);
        }
        return Math.max(0, more);
    }

    /** The ledger has taken so much of what was counted here. */
    void taken(long cost, Figure said) {
        // in this order: whoever sees that less is held sees in which figure it is
        hear(said);
        held.addAndGet(-cost);
        told = false;
        allowance.told(said.used());
        if (turn.tryLock()) {
            try {
                changes++;
                changed.signalAll();
            } finally {
                turn.unlock();
            }
        }
    }

    /** What the ledger said when it was asked. */
    void learned(Figure said, long carriedOver, boolean settled) {
        hear(said);
        allowance.carries(carriedOver, settled);
    }

    private void hear(Figure said) {
        figure.accumulateAndGet(said, (old, fresh) -> fresh.newerThan(old) ? fresh : old);
        heard = true;
    }

    /** As the ledger said last, with what this node has to add. */
    long usedHere() {
        // in this order: what the ledger has taken meanwhile is counted twice rather than never
        long holding = held.get();
        return figure.get().used() + holding;
    }

    long total() {
        return total;
    }

    void total(long usedAndHeldByAll) {
        total = usedAndHeldByAll;
    }

    /** How much more may be used, as far as this node knows. */
    long left() {
        return Math.max(0, allowed() - total + permits.unspent());
    }

    Ahead ahead() {
        return ahead;
    }

    /** Held by whoever gives it a share, or permits that Redis has granted. */
    Sharing sharing() {
        return sharing;
    }

    /** One that still says how it is; it is believed so many nanoseconds beyond its time. */
    @Nullable
    Refusal refusal(long now, long longer) {
        var last = refusal;
        return last != null && now - last.until() < longer ? last : null;
    }

    @Nullable
    Refusal lastRefusal() {
        return refusal;
    }

    void refuse(Refusal said) {
        refusal = said;
    }

    /** What to say of it to Redis. Only with {@link #turn}. */
    SharedQuestion question(Asked asked) {
        told = true;
        boolean justNow = heard;
        heard = false;
        long holding = held.get();
        return new SharedQuestion(
                key,
                numbers.incrementAndGet(),
                holding,
                permits.unspent(),
                asked.permits,
                asked.wished,
                allowed(),
                asked.most,
                figure.get(),
                justNow,
                asked.making,
                asked.strict,
                asked.ttlMillis);
    }

    /** The part of a question that the meter does not know. */
    record Asked(long permits, long wished, long most, SharedQuestion.Making making, boolean strict, long ttlMillis) {}

    /** Does Redis not know yet what has changed here? */
    boolean untold() {
        return !told;
    }

    void forgetTold() {
        told = false;
    }

    boolean holds() {
        return held.get() != 0;
    }

    /** Nobody has used it for so long, and nothing is left to be done. */
    boolean idle(long now, long nanos) {
        return now - touched > nanos && held.get() == 0 && (told || !refusable()) && permits.unspent() == 0;
    }

    /**
     * It is forgotten, if it is still idle; who still has it has to look for its successor. Only with {@link #turn}.
     *
     * @return whether it was
     */
    boolean leave(long now, long nanos) {
        // in this order: who charges meanwhile either is seen here or sees it
        gone = true;
        if (!idle(now, nanos)) {
            gone = false;
            return false;
        }
        slot.retire();
        return true;
    }

    boolean gone() {
        return gone;
    }
}
