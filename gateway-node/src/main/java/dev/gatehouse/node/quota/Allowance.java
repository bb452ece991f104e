package dev.gatehouse.node.quota;

import dev.gatehouse.db.policy.Quota;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** How much of an account may be used in its period, and of which thresholds of that everybody has been told. Thread-safe. */
final class Allowance {

    private final Set<Integer> alerted = ConcurrentHashMap.newKeySet();
    private volatile Quota quota;
    private volatile long all;
    private volatile long bonus;
    private volatile long carried;
    private volatile boolean settled;

    Allowance(Quota quota) {
        this.quota = quota;
        this.all = quota.amount();
    }

    /** As the configuration says now. */
    long of(Quota now, long extra) {
        if (!quota.equals(now) || extra != bonus) {
            quota = now;
            bonus = extra;
            all = now.amount() + extra + carried;
        }
        return all;
    }

    /** As it said last. */
    long all() {
        return all;
    }

    Quota quota() {
        return quota;
    }

    long bonus() {
        return bonus;
    }

    /** What the ledger said is carried over. */
    void carries(long over, boolean forGood) {
        carried = over;
        settled = forGood;
        all = quota.amount() + bonus + over;
    }

    /** Less than that is carried over, since something of the period before was written late. */
    void carriesAtMost(long over) {
        if (settled && over < carried) {
            carries(over, true);
        }
    }

    /** May something be carried over that is not known yet? */
    boolean unsettled() {
        return quota.carryOver() > 0 && !settled;
    }

    /** So much is used: of these thresholds the ledger has told. */
    void told(long used) {
        quota.percents().stream()
                .filter(percent -> used >= Math.ceilDiv(all * percent, 100L))
                .forEach(alerted::add);
    }

    /** Thresholds of which no alert is known. */
    List<Integer> alerts() {
        return alerted.isEmpty()
                ? quota.percents()
                : quota.percents().stream()
                        .filter(percent -> !alerted.contains(percent))
                        .toList();
    }
}
