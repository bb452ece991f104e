package dev.gatehouse.node.limit;

import dev.gatehouse.db.live.LimitEpoch.Presence;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.exceptions.JedisException;

/**
 * What a thread of its own does, so that no request waits for it: renews permits that run out, gives back those that were
 * not used, says that this node is there, finds that Redis is silent and that it is back.
 */
final class Upkeep implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
    private static final Duration BEAT = Duration.ofMillis(250);

    /**
     * So often Redis is asked something, as long as requests come: a silent one is found a time-out later. And so often the
     * others are looked for until all are present: each request asks until then.
     */
    private static final Duration LOOK = Duration.ofMillis(50);

    private static final Duration SHORTEST = Duration.ofMillis(10);

    private final RollCall rollCall;
    private final SharedCounters shared;
    private final LongSupplier decisions;
    private final Consumer<JedisException> lost;
    private final Runnable swept;
    private final Thread thread;
    private int beats;
    private long beatAt = System.nanoTime() - BEAT.toNanos();
    private long heardAt = beatAt;
    private long decided;
    private volatile boolean closed;

    /**
     * @param decisions how many there have been
     * @param lost is told when Redis does not answer
     * @param swept is told when it did
     */
    Upkeep(
            RollCall rollCall,
            SharedCounters shared,
            LongSupplier decisions,
            Consumer<JedisException> lost,
            Runnable swept) {
        this.rollCall = rollCall;
        this.shared = shared;
        this.decisions = decisions;
        this.lost = lost;
        this.swept = swept;
        thread = Thread.ofVirtual().name("limits").start(this::run);
    }

    /** There is something that should not wait for long. */
    void wake() {
        LockSupport.unpark(thread);
    }

    private void run() {
        while (!closed) {
            try {
                sweep(System.nanoTime());
                swept.run();
            } catch (JedisException e) {
                if (rollCall.standing() == Standing.AWAY) {
                    LOG.debug("Redis is still away", e);
                }
                lost.accept(e);
            } catch (RuntimeException e) {
                LOG.error("The limiter's housekeeping failed, and goes on", e);
            }
            LockSupport.parkNanos(this, SHORTEST.toNanos());
            if (!shared.hasToSend() && !closed) {
                LockSupport.parkNanos(this, LOOK.minus(SHORTEST).toNanos());
            }
        }
    }

    private void sweep(long now) {
        boolean waits = rollCall.standing() == Standing.JOINED;
        boolean due = now - beatAt >= (waits ? LOOK : BEAT).toNanos();
        if (due) {
            beatAt = now;
            beats++;
        }
        switch (rollCall.standing()) {
            case NEW -> rollCall.join("");
            case AWAY -> {
                if (due && beats % 2 == 0) {
                    rollCall.rejoin();
                }
            }
            case JOINED, COUNTING -> {
                boolean heard = shared.settle(rollCall.epoch(), rollCall.standing() == Standing.COUNTING);
                if (due ? rollCall.beat() == Presence.ANOTHER_EPOCH : !heard && looks(now) && !rollCall.holds()) {
                    rollCall.rejoin();
                }
                heardAt = heard || due ? now : heardAt;
            }
        }
    }

    /** Is it time to see whether Redis is there, since there are requests that may need it? */
    private boolean looks(long now) {
        if (now - heardAt < LOOK.toNanos() / 2) {
            return false;
        }
        heardAt = now;
        long before = decided;
        decided = decisions.getAsLong();
        return decided != before;
    }

    @Override
    public void close() {
        closed = true;
        wake();
    }
}
