package dev.gatehouse.node.limit;

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
    record Return(Counter counter, Lease.Unused unused) {}

    private final Map<Counter, Lease> leases = new ConcurrentHashMap<>();
    private final Queue<Return> returns = new ConcurrentLinkedQueue<>();

    /** What can be said without asking; null when Redis has to be asked. */
    @Nullable
    Decision take(Counter counter) {
        var lease = leases.get(counter);
        return lease == null ? null : lease.take(System.nanoTime());
    }

    /** How many permits to take ahead, when so many ask. */
    long wish(Counter counter, int asking) {
        var lease = leases.get(counter);
        return lease == null ? 0 : lease.wish(System.nanoTime(), asking);
    }

    /** What Redis said of it. */
    void put(Counter counter, Lease.Grant grant) {
        var lease = leases.get(counter);
        if (lease == null && leases.size() < COUNTERS) {
            var first = new Lease(grant);
            lease = leases.putIfAbsent(counter, first);
            if (lease == null) {
                return;
            }
        }
        add(counter, lease == null ? Lease.Unused.of(grant) : lease.replace(grant));
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

    int size() {
        return leases.size();
    }

    private void add(Counter counter, Lease.@Nullable Unused unused) {
        if (unused != null) {
            returns.add(new Return(counter, unused));
        }
    }

    private List<Return> returned() {
        var all = new ArrayList<Return>();
        for (var next = returns.poll(); next != null; next = returns.poll()) {
            all.add(next);
        }
        return all;
    }
}
