package dev.gatehouse.node.traffic;

import dev.gatehouse.db.live.KeyCalls.Calls;
import dev.gatehouse.node.exchange.Caller;
import dev.gatehouse.node.exchange.Client;
import java.net.Inet6Address;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Which keys called since the last look, how often and from where; many threads raise, one empties. */
final class KeyTally {

    /** Keys that are told apart between two looks. */
    private static final int MOST = 20_000;

    private static final int NETWORKS = 16;
    private static final long TAKEN = Long.MIN_VALUE / 2;

    private final Map<String, Tally> keys = new ConcurrentHashMap<>();

    void count(Caller caller, Client client) {
        while (true) {
            var tally = keys.get(caller.keyId());
            if (tally == null) {
                if (keys.size() >= MOST) {
                    return;
                }
                tally = keys.computeIfAbsent(caller.keyId(), _ -> new Tally(caller.consumer()));
            }
            if (tally.raise(client)) {
                return;
            }
            keys.remove(caller.keyId(), tally); // it was emptied just now
        }
    }

    /** What was counted since the last call. */
    List<Calls> take(Instant now) {
        var calls = new ArrayList<Calls>();
        for (var id : List.copyOf(keys.keySet())) {
            var tally = keys.remove(id);
            long count = tally == null ? 0 : tally.calls.getAndSet(TAKEN);
            if (tally != null && count > 0) {
                calls.add(tally.calls(id, count, now));
            }
        }
        return calls;
    }

    private static final class Tally {

        private final String consumer;
        private final AtomicLong calls = new AtomicLong();
        private final Set<String> networks = new LinkedHashSet<>();
        private volatile String last = "";

        Tally(String consumer) {
            this.consumer = consumer;
        }

        /** @return false when it was emptied and takes no more */
        boolean raise(Client client) {
            if (!last.equals(client.literal())) {
                last = client.literal();
                synchronized (networks) {
                    if (networks.size() < NETWORKS) {
                        networks.add(network(client));
                    }
                }
            }
            return calls.incrementAndGet() > 0;
        }

        private Calls calls(String id, long count, Instant now) {
            synchronized (networks) {
                return new Calls(id, consumer, count, now, last, List.copyOf(networks));
            }
        }
    }

    /** Whoever has an IPv6 address has 2^64 of them: the network counts as one. */
    private static String network(Client client) {
        if (!(client.address() instanceof Inet6Address six)) {
            return client.literal();
        }
        var bytes = six.getAddress();
        var text = new StringBuilder();
        for (int i = 0; i < 8; i += 2) {
            text.append(Integer.toHexString(((bytes[i] & 0xff) << 8) | (bytes[i + 1] & 0xff)))
                    .append(':');
        }
        return text.append(":/64").toString();
    }
}
