package dev.gatehouse.node.quota;

import dev.gatehouse.node.limit.Silence;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.exceptions.JedisException;

/** Whether Redis is away, as this node sees it. */
final class Outage {

    private static final Logger LOG = LoggerFactory.getLogger(Outage.class);

    /** After so long every node has noticed, holds nothing any more, and has written what it counted. */
    private static final long NOTICED_NANOS = TimeUnit.MILLISECONDS.toNanos(2_250);

    /** After so much longer every node that is asked has read what is left. */
    private static final long READ_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private final Clock clock;
    private final Silence silence;
    private final AtomicLong count = new AtomicLong();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile Optional<Instant> since = Optional.empty();
    private volatile long began;

    /** @param silence where others tell that Redis is silent, and are told */
    Outage(Clock clock, Silence silence) {
        this.clock = clock;
        this.silence = silence;
        silence.listen(this::heard);
    }

    /** Is told when it begins and when it ends. */
    void listen(Runnable listener) {
        listeners.add(listener);
    }

    boolean present() {
        return since.isPresent();
    }

    /** Empty while Redis answers. */
    Optional<Instant> since() {
        return since;
    }

    /** How many there have been. */
    long count() {
        return count.get();
    }

    /** Redis did not answer. */
    void begin(JedisException cause) {
        heard(cause);
        silence.found(cause);
    }

    private synchronized void heard(JedisException cause) {
        if (since.isEmpty()) {
            began = System.nanoTime();
            count.incrementAndGet();
            since = Optional.of(clock.instant());
            LOG.warn("Redis does not answer, quotas go by their own rule for that: {}", cause.toString());
            tell();
        }
    }

    synchronized void end() {
        if (since.isPresent()) {
            since = Optional.empty();
            LOG.info("Redis answers again, quotas are counted over all nodes");
            tell();
        }
    }

    private void tell() {
        for (var listener : listeners) {
            listener.run();
        }
    }

    /** Until every node has noticed; 0 or less once they have. */
    long unnoticedNanos() {
        return NOTICED_NANOS - (System.nanoTime() - began);
    }

    /** Until every node has read what is left then; 0 or less once they have. */
    long unreadNanos() {
        return unnoticedNanos() + READ_NANOS;
    }
}
