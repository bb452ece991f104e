package dev.gatehouse.node.limit;

import dev.gatehouse.db.policy.RateLimit;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Decides on rate limits: with all other nodes through Redis, and as the policy says while Redis is away. The first
 * request that finds it away waits for one time-out; until it counts again no other does.
 */
public final class Limiter implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Limiter.class);
    private static final Duration PROBE = Duration.ofMillis(500);
    private static final Duration SWEEP = Duration.ofMillis(250);

    private final SharedWindows shared;
    private final LocalWindows local;
    private final IntSupplier nodes;
    private final Clock clock;
    private final AtomicReference<Optional<Instant>> awaySince = new AtomicReference<>(Optional.empty());
    private final Thread sweeper;
    private volatile boolean closed;

    /** @param nodes how many nodes serve, this one included: without Redis each admits its share */
    public Limiter(UnifiedJedis redis, IntSupplier nodes, Clock clock) {
        this.shared = new SharedWindows(redis, nodes);
        this.local = new LocalWindows(clock);
        this.nodes = nodes;
        this.clock = clock;
        sweeper = Thread.ofVirtual().name("leases").start(this::sweep);
    }

    /** @param subject whose requests are counted together under that limit's name */
    public Decision decide(String name, String subject, RateLimit limit) {
        var counter = name + ":" + subject;
        if (awaySince.get().isEmpty()) {
            try {
                return shared.decide(
                        new Counter(counter, limit.requests(), limit.window(), limit.mode() == RateLimit.Mode.LEASED));
            } catch (JedisException e) {
                lost(e);
            }
        }
        return switch (limit.withoutRedis()) {
            case LOCAL -> local.decide(counter, share(limit.requests()), limit.window());
            case ALLOW -> new Decision.Admitted(limit.requests(), 0);
            case DENY -> new Decision.Unknown();
        };
    }

    /** Rounded down, so that all shares together are never more than the limit; but a node that serves admits something. */
    private long share(long requests) {
        return Math.max(1, requests / Math.max(1, nodes.getAsInt()));
    }

    /** Since when Redis is away; empty while it counts. */
    public Optional<Instant> awaySince() {
        return awaySince.get();
    }

    private void lost(JedisException cause) {
        if (awaySince.compareAndSet(Optional.empty(), Optional.of(clock.instant()))) {
            LOG.warn("Redis does not answer, limits go by their own rule for that: {}", cause.toString());
            Thread.ofVirtual().name("redis-probe").start(this::probe);
        }
    }

    private void probe() {
        while (!closed) {
            try {
                Thread.sleep(PROBE);
                shared.probe();
                awaySince.set(Optional.empty());
                local.clear();
                LOG.info("Redis answers again, limits are counted over all nodes");
                return;
            } catch (JedisException e) {
                LOG.debug("Redis is still away", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void sweep() {
        while (!closed) {
            try {
                Thread.sleep(SWEEP);
                shared.giveBackExpired();
            } catch (JedisException e) {
                LOG.debug("Permits were not given back; they stay counted until their window is over", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** Gives back what was taken ahead; waits for Redis no longer than one time-out. */
    @Override
    public void close() {
        closed = true;
        sweeper.interrupt();
        try {
            shared.giveBackAll();
        } catch (JedisException e) {
            LOG.debug("Permits were not given back; they stay counted until their window is over", e);
        }
    }
}
