package dev.gatehouse.node.limit;

import dev.gatehouse.db.live.LimitSightings;
import dev.gatehouse.db.live.LimitSightings.LimiterState;
import dev.gatehouse.db.live.LimitSightings.Sighting;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.exceptions.JedisException;

/** Counts whom limits refuse, and tells Redis once a second. Bounded: whoever is beyond counts as {@code *}. */
public final class Sightings implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Sightings.class);
    private static final Duration BEAT = Duration.ofSeconds(1);
    private static final int APART = 1_000;

    private final String node;
    private final LimitSightings live;
    private final Supplier<LimiterFigures> limiter;
    private final Clock clock;
    private final Map<Sighting, LongAdder> refused = new ConcurrentHashMap<>();
    private final Map<Sighting, LongAdder> wouldRefuse = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> refusedByLimit = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> wouldRefuseByLimit = new ConcurrentHashMap<>();
    private final Thread teller;
    private volatile boolean closed;

    Sightings(String node, LimitSightings live, Supplier<LimiterFigures> limiter, Clock clock) {
        this.node = node;
        this.live = live;
        this.limiter = limiter;
        this.clock = clock;
        teller = Thread.ofVirtual().name("sightings").start(this::tell);
    }

    public void refused(String limit, String subject) {
        count(refused, limit, subject);
        refusedByLimit.computeIfAbsent(limit, _ -> new LongAdder()).increment();
    }

    /** By a limit that only observes. */
    public void wouldRefuse(String limit, String subject) {
        count(wouldRefuse, limit, subject);
        wouldRefuseByLimit.computeIfAbsent(limit, _ -> new LongAdder()).increment();
    }

    /** How often each limit has refused since this node began. */
    public Map<String, LongAdder> refusedByLimit() {
        return Map.copyOf(refusedByLimit);
    }

    /** The same of limits that only observe. */
    public Map<String, LongAdder> wouldRefuseByLimit() {
        return Map.copyOf(wouldRefuseByLimit);
    }

    private static void count(Map<Sighting, LongAdder> counts, String limit, String subject) {
        var sighting = new Sighting(limit, subject);
        if (counts.size() >= APART && !counts.containsKey(sighting)) {
            sighting = new Sighting(limit, "*");
        }
        counts.computeIfAbsent(sighting, _ -> new LongAdder()).increment();
    }

    private void tell() {
        while (!closed) {
            LockSupport.parkNanos(this, BEAT.toNanos());
            tellNow();
        }
    }

    /** What was counted since the last time; while Redis is away it is given up. */
    void tellNow() {
        var figures = limiter.get();
        long second = clock.instant().getEpochSecond();
        var state = new LimiterState(
                node,
                second,
                figures.standing().name().toLowerCase(Locale.ROOT),
                figures.decisions(),
                figures.roundTrips(),
                figures.leases(),
                figures.permits());
        var mine = taken(refused);
        var observed = taken(wouldRefuse);
        if (figures.standing() == Standing.AWAY) {
            return;
        }
        try {
            live.add(second, mine, observed, state);
        } catch (JedisException e) {
            LOG.debug("Redis was not told whom limits refuse", e);
        }
    }

    private static Map<Sighting, Long> taken(Map<Sighting, LongAdder> counts) {
        var taken = new HashMap<Sighting, Long>();
        for (var sighting : List.copyOf(counts.keySet())) {
            var times = counts.remove(sighting);
            if (times != null) {
                taken.put(sighting, times.sum());
            }
        }
        return taken;
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(teller);
    }
}
