package dev.gatehouse.node.limit;

import dev.gatehouse.db.live.LimitCounter;
import dev.gatehouse.db.policy.RateLimit.Mode;
import java.util.ArrayList;
import java.util.HashSet;
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
    private final Queue<Demand> low = new ConcurrentLinkedQueue<>();
    private final Runnable wake;

    /** @param wake whoever gives back and asks for more */
    Leases(Runnable wake) {
        this.wake = wake;
    }

    /**
     * Takes permits if they are at hand.
     *
     * @param first as of {@link Lease#take}
     */
    Lease.Taken take(Demand demand, Verdict verdict, int place, boolean first) {
        var lease = leases.get(demand.counter());
        var taken = lease == null ? Lease.Taken.UNKNOWN : lease.take(demand.cost(), verdict, place, first);
        if (taken != Lease.Taken.YES_AND_LOW) {
            return taken;
        }
        low.add(demand);
        wake.run();
        return Lease.Taken.YES;
    }

    /** Says what is known, and takes nothing. */
    void look(Demand demand, Verdict verdict, int place) {
        var lease = leases.get(demand.counter());
        if (lease != null) {
            lease.look(demand.cost(), verdict, place);
        }
    }

    /** Who found no permits is about to ask for some. Where they are on their way, he waits for them. */
    void want(List<Demand> demands) {
        try {
            for (var demand : demands) {
                var lease = demand.mode() == Mode.LEASED ? leases.get(demand.counter()) : null;
                if (lease != null) {
                    lease.want(demand.cost());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** More that is wanted of one counter. */
    record More(Demand demand, Lease.Renewal renewal) {}

    /** Of all whose permits run out soon, each once. */
    List<More> more() {
        var all = new ArrayList<More>();
        var seen = new HashSet<LimitCounter>();
        for (var next = low.poll(); next != null; next = low.poll()) {
            if (!seen.add(next.counter())) {
                continue;
            }
            var lease = leases.get(next.counter());
            var renewal = lease == null ? null : lease.renewal(next.cost(), System.nanoTime());
            if (renewal != null) {
                all.add(new More(next, renewal));
            }
        }
        return all;
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

    /** What Redis gave beside what is at hand. */
    void put(More more, Lease.Grant grant) {
        var counter = more.demand.counter();
        var lease = leases.get(counter);
        add(counter, lease == null ? Lease.Unused.of(grant) : lease.renew(more.renewal, grant));
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
        low.clear();
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

    boolean hasToSend() {
        return !returns.isEmpty() || !low.isEmpty();
    }

    private List<Return> returned() {
        var all = new ArrayList<Return>();
        for (var next = returns.poll(); next != null; next = returns.poll()) {
            all.add(next);
        }
        return all;
    }
}
