package dev.gatehouse.node.limit;

import dev.gatehouse.db.live.LimitCounter;
import dev.gatehouse.db.live.LimitSlots;
import dev.gatehouse.db.live.Script;
import dev.gatehouse.db.policy.RateLimit.WithoutRedis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Slots for requests on their way, shared by all nodes. A node holds as many as it needs and a few more, for as long as it
 * renews them: what a dead one held is free again after {@link #HELD}.
 */
public final class Slots implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Slots.class);
    private static final Duration BEAT = Duration.ofMillis(250);
    private static final Duration SOON = Duration.ofMillis(10);

    /** How long slots are held that nobody renews. */
    static final Duration HELD = Duration.ofSeconds(8);

    private final UnifiedJedis redis;
    private final String node;
    private final Supplier<Share> share;
    private final BooleanSupplier away;
    private final Consumer<JedisException> lost;
    private final Map<String, Slot> slots = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong();
    private final Thread keeper;
    private volatile boolean hurry;
    private volatile boolean closed;

    /**
     * @param node a name that no other node has
     * @param away whether Redis is
     * @param lost is told when it does not answer: then the next request need not find out
     */
    Slots(UnifiedJedis redis, String node, Supplier<Share> share, BooleanSupplier away, Consumer<JedisException> lost) {
        this.redis = redis;
        this.node = node;
        this.share = share;
        this.away = away;
        this.lost = lost;
        keeper = Thread.ofVirtual().name("slots").start(this::keep);
    }

    /** What came of asking for a slot. */
    public enum Outcome {
        TAKEN,
        REFUSED,
        /** Redis is away, and the limit then admits nothing. */
        UNKNOWN
    }

    /** Takes a slot; {@link #release} gives it back, unless it was not taken. */
    public Outcome take(LimitCounter counter, WithoutRedis without) {
        // where somebody is about to take, the slot is not forgotten
        var slot = slots.compute(LimitSlots.key(counter), (_, known) -> (known == null ? new Slot() : known).enter());
        try {
            return slot.takeHeld() ? Outcome.TAKEN : ask(counter, slot, without);
        } finally {
            slot.leave();
        }
    }

    private Outcome ask(LimitCounter counter, Slot slot, WithoutRedis without) {
        if (!away.getAsBoolean()) {
            long before = slot.asked();
            slot.turn().lock();
            try {
                var outcome = inTurn(counter, slot, before);
                if (outcome != null) {
                    return outcome;
                }
            } catch (JedisException e) {
                lost.accept(e);
            } finally {
                slot.turn().unlock();
            }
        }
        return switch (without) {
            case LOCAL -> slot.takeUpTo(share.get().of(counter.requests())) ? Outcome.TAKEN : Outcome.REFUSED;
            case ALLOW -> slot.takeUpTo(Long.MAX_VALUE) ? Outcome.TAKEN : Outcome.REFUSED;
            case DENY -> Outcome.UNKNOWN;
        };
    }

    /**
     * One asks for all that wait: some get what it was granted, and what it is refused all are.
     *
     * @param before how often was asked before this one waited
     * @return null where Redis is away
     */
    private @Nullable Outcome inTurn(LimitCounter counter, Slot slot, long before) {
        if (slot.takeHeld()) {
            return Outcome.TAKEN;
        }
        if (slot.refusedAfter(before)) {
            return Outcome.REFUSED;
        }
        if (away.getAsBoolean()) {
            return null;
        }
        long now = System.nanoTime();
        long needed = 1L + slot.turn().getQueueLength();
        var granted = LimitSlots.take(
                redis, counter, holding(slot.toAsk(now)), share.get().nodes(), needed, slot.wish());
        return slot.granted(granted, now) ? Outcome.TAKEN : Outcome.REFUSED;
    }

    private LimitSlots.Holding holding(long held) {
        return new LimitSlots.Holding(node, numbers.incrementAndGet(), held, HELD);
    }

    public void release(LimitCounter counter) {
        var slot = slots.get(LimitSlots.key(counter));
        if (slot != null && slot.release()) {
            // somebody else may wait for it
            hurry = true;
            LockSupport.unpark(keeper);
        }
    }

    private void keep() {
        while (!closed) {
            LockSupport.parkNanos(this, hurry ? SOON.toNanos() : BEAT.toNanos());
            hurry = false;
            beat();
        }
    }

    /** Renews what is needed, gives back what is not. */
    private void beat() {
        if (away.getAsBoolean()) {
            forget(Slot::gone);
            return;
        }
        var taken = new ArrayList<Slot>();
        try {
            keep(taken, System.nanoTime());
        } catch (JedisException e) {
            LOG.debug("Slots were not renewed; they are next time", e);
        } finally {
            taken.forEach(slot -> slot.turn().unlock());
        }
        forget(Slot::idle);
    }

    /** @param taken gets those whose turn was taken */
    private void keep(List<Slot> taken, long now) {
        var calls = new ArrayList<Script.Call>();
        var told = new ArrayList<Slot>();
        slots.forEach((key, slot) -> {
            // who asks at this moment renews them by himself
            if (slot.turn().tryLock()) {
                taken.add(slot);
                slot.toKeep(now).ifPresent(held -> {
                    calls.add(LimitSlots.keep(key, holding(held)));
                    told.add(slot);
                });
            }
        });
        if (!calls.isEmpty()) {
            Script.SLOTS.runAll(redis, calls);
            told.forEach(slot -> slot.kept(now));
        }
    }

    private void forget(Predicate<Slot> which) {
        slots.keySet().forEach(key -> slots.computeIfPresent(key, (_, slot) -> which.test(slot) ? null : slot));
    }

    /** Counters of which something runs, or is held. */
    int size() {
        return slots.size();
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(keeper);
        try {
            var calls = slots.keySet().stream()
                    .map(key -> LimitSlots.keep(key, holding(0)))
                    .toList();
            if (!calls.isEmpty() && !away.getAsBoolean()) {
                Script.SLOTS.runAll(redis, calls);
            }
        } catch (JedisException e) {
            LOG.debug("Slots were not given back; they are free when they expire", e);
        }
    }
}
