package dev.gatehouse.node.quota;

import java.time.Duration;
import java.util.ArrayList;
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
 * Redis, nor has one to find out that it is silent. Another thread does what is to be done once it is found silent, since
 * the first may still wait for it. That is plain loops: requests would wait for what is linked then for the first time.
 */
final class Renewal implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Renewal.class);
    private static final Duration SHORTEST = Duration.ofMillis(10);
    private static final int AT_ONCE = 1_000;

    private final SharedView shared;
    private final Asking asking;
    private final Outage outage;
    private final Queue<Meter> low = new ConcurrentLinkedQueue<>();
    private final Thread asker;
    private final Thread sharer;

    /** For which it waits, or waited last. */
    private volatile Set<Meter> asked = Set.of();

    private volatile boolean closed;

    Renewal(SharedView shared, Asking asking, Outage outage) {
        this.shared = shared;
        this.asking = asking;
        this.outage = outage;
        asker = Thread.ofVirtual().name("quota-renewal").start(this::ask);
        sharer = Thread.ofVirtual().name("quota-shares").start(this::share);
        outage.listen(this::wake);
    }

    /** Its permits run out soon. */
    void add(Meter meter) {
        low.add(meter);
        LockSupport.unpark(outage.present() ? sharer : asker);
    }

    private void wake() {
        LockSupport.unpark(asker);
        LockSupport.unpark(sharer);
    }

    private void ask() {
        while (!closed) {
            try {
                if (!outage.present()) {
                    asked = some();
                    ask(asked);
                }
            } catch (RuntimeException | Error e) {
                LOG.error("Permits were not renewed; whoever needs some asks for them", e);
            }
            LockSupport.parkNanos(this, SHORTEST.toNanos());
            if ((low.isEmpty() || outage.present()) && !closed) {
                LockSupport.park(this);
            }
        }
    }

    private Set<Meter> some() {
        var meters = new LinkedHashSet<Meter>();
        while (meters.size() < AT_ONCE) {
            var next = low.poll();
            if (next == null) {
                break;
            }
            meters.add(next);
        }
        return meters;
    }

    /** Also for those for which the other one may still wait. */
    private void share() {
        while (!closed) {
            try {
                if (outage.present()) {
                    prepare(asked);
                    prepare(some());
                }
            } catch (RuntimeException | Error e) {
                LOG.error("No share was taken; whoever needs some takes it", e);
            }
            if ((low.isEmpty() || !outage.present()) && !closed) {
                LockSupport.park(this);
            }
        }
    }

    private void prepare(Set<Meter> meters) {
        for (var meter : meters) {
            asking.prepare(meter);
        }
    }

    private void ask(Set<Meter> meters) {
        var taken = new ArrayList<Meter>();
        for (var meter : meters) {
            if (!meter.renewing()) {
                // a request has asked for more as well
                continue;
            }
            if (meter.tryTurn()) {
                taken.add(meter);
            } else {
                // Redis is told of it at this moment, or asked by a request
                low.add(meter);
            }
        }
        if (taken.isEmpty()) {
            return;
        }
        long now = System.nanoTime();
        long nth = outage.count();
        try {
            var questions =
                    taken.stream().map(meter -> asking.renewing(meter, now)).toList();
            var answers = shared.tell(questions);
            for (int i = 0; i < answers.size(); i++) {
                var meter = taken.get(i);
                var answer = answers.get(i);
                boolean wished = questions.get(i).wished() > 0;
                asking.granted(meter, nth, () -> meter.renewed(answer, wished, now));
            }
        } catch (JedisException e) {
            for (var meter : taken) {
                meter.forgetTold();
            }
            asking.lost(e);
        } finally {
            for (var meter : taken) {
                meter.turn().unlock();
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        wake();
    }
}
