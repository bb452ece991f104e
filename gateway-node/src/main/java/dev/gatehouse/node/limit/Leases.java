package dev.gatehouse.node.limit;

import dev.gatehouse.db.live.LimitCounter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** The leases of all counters that were asked for lately. Bounded: a counter that finds no room is asked for each time. */
final class Leases {

    private static final int COUNTERS = 100_000;

    /** Permits on their way back. */
    record Return(LimitCounter counter, Lease.Unused unused) {}

    private final Map<LimitCounter, Lease> leases = new ConcurrentHashMap<>();
    private final Queue<Return> returns = new ConcurrentLinkedQueue<>();

    /**
     * Takes permits if they are at hand.
     *
     * @param first as of {@link Lease#take}
     */
    Lease.Taken take(Demand demand, Verdict verdict, int place, boolean first) {
        var lease = leases.get(demand.counter());
        return lease == null ? Lease.Taken.UNKNOWN : lease.take(demand.cost(), verdict, place, first);
    }

    /** How many permits to take ahead, when so many ask. */
    long wish(Demand demand, int asking) {
        var lease = leases.get(demand.counter());
        return lease == null || lease.holds(demand.cost()) ? 0 : lease.wish(demand.cost(), asking);
    }

    /** What Redis said of it. Permits that are still at hand stay. */
    void put(Demand demand, Lease.Grant grant) {
        var counter = demand.counter();
        var lease = leases.get(counter);
        if (lease == null && leases.size() < COUNTERS) {
            var first = new Lease(grant);
            lease = leases.putIfAbsent(counter, first);
            if (lease == null) {
                return;
            }
        }
        if (lease == null) {
            add(counter, Lease.Unused.of(grant));
        } else if (grant.size() > 0 || !lease.holds(demand.cost())) {
            add(counter, lease.replace(grant));
        }
    }

    /** What was not used in time and has to be given back, once; counters that nobody asked for since are forgotten. */
    List<Return> expired() {
        long now = System.nanoTime();
        leases.forEach((counter, lease) -> {
            add(counter, lease.expired(now));
            if (lease.forgettable(now)) {
                leases.remove(counter, lease);
            }
        });
        return returned();
    }

    /** All that is held, to be given back; none of it is used from here on. */
    List<Return> drain() {
        leases.forEach((counter, lease) -> add(counter, lease.unused()));
        leases.clear();
        return returned();
    }

    /** None of it is used from here on, nor given back: nobody knows what became of the counts. */
    void forget() {
        leases.forEach((_, lease) -> lease.unused());
        leases.clear();
        returns.clear();
    }

    int size() {
        return leases.size();
    }

    /** Permits that may still be used. */
    long permits() {
        return leases.values().stream().mapToLong(Lease::permits).sum();
    }

    void add(LimitCounter counter, Lease.@Nullable Unused unused) {
        if (unused != null) {
            returns.add(new Return(counter, unused));
        }
    }

    boolean hasReturns() {
        return !returns.isEmpty();
    }

    private List<Return> returned() {
        var all = new ArrayList<Return>();
        for (var next = returns.poll(); next != null; next = returns.poll()) {
            all.add(next);
        }
        return all;
    }
}
