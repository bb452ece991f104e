package dev.gatehouse.node.quota;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Asks for more permits before those that are here run out, in a thread of its own: in steady traffic no request waits for
 * Redis, nor has one to find out that it is silent.
 */
final class Renewal implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Renewal.class);
    private static final Duration SHORTEST = Duration.ofMillis(10);
    private static final int AT_ONCE = 1_000;

    private final SharedView shared;
    private final Asking asking;
    private final Outage outage;
    private final Queue<Meter> low = new ConcurrentLinkedQueue<>();
    private final Thread thread;
    private volatile boolean closed;

    Renewal(SharedView shared, Asking asking, Outage outage) {
        this.shared = shared;
        this.asking = asking;
        this.outage = outage;
        thread = Thread.ofVirtual().name("quota-renewal").start(this::run);
    }

    /** Its permits run out soon. */
    void add(Meter meter) {
        low.add(meter);
        LockSupport.unpark(thread);
    }

    private void run() {
        while (!closed) {
            try {
                var meters = new LinkedHashSet<Meter>();
                while (meters.size() < AT_ONCE && !low.isEmpty()) {
                    meters.add(low.remove());
                }
                renew(meters);
            } catch (RuntimeException | Error e) {
                LOG.error("Permits were not renewed; whoever needs some asks for them", e);
            }
            LockSupport.parkNanos(this, SHORTEST.toNanos());
            if (low.isEmpty() && !closed) {
                LockSupport.park(this);
            }
        }
    }

    private void renew(Set<Meter> meters) {
        if (!outage.present()) {
            ask(meters);
        }
        if (outage.present()) {
            meters.forEach(asking::prepare);
        }
    }

    private void ask(Set<Meter> meters) {
        // who asks at this moment asks for more as well
        var taken = meters.stream().filter(meter -> meter.tryTurn()).toList();
        if (taken.isEmpty()) {
            return;
        }
        long now = System.nanoTime();
        try {
            var answers = shared.tell(
                    taken.stream().map(meter -> asking.renewing(meter, now)).toList());
            for (int i = 0; i < answers.size(); i++) {
                taken.get(i).renewed(answers.get(i), now);
            }
        } catch (JedisException e) {
            taken.forEach(Meter::forgetTold);
            asking.lost(e);
        } finally {
            taken.forEach(meter -> meter.turn().unlock());
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
