package dev.gatehouse.node.limit;

import dev.gatehouse.db.live.LimitCounts;
import dev.gatehouse.db.live.LimitEpoch;
import dev.gatehouse.db.live.LimitEpoch.Presence;
import dev.gatehouse.db.live.Script;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Keeps counts from being believed that are not whole. Whoever counted alone begins a new roll call when Redis is back,
 * tells what it admitted, and everybody keeps to its share until all are present. Where Redis has lost its counts, every
 * node tells all it was granted as well.
 */
final class RollCall {

    private static final Logger LOG = LoggerFactory.getLogger(RollCall.class);
    private static final int AT_ONCE = 1_000;
    private static final int ATTEMPTS = 5;
    private static final Duration PATIENCE = Duration.ofMillis(400);
    private static final Duration STEP = Duration.ofMillis(5);

    private final UnifiedJedis redis;
    private final String node;
    private final Supplier<Share> share;
    private final Memory memory;

    /** Whoever waited in vain sets it to AWAY at once; what was asked before that does not undo it. */
    private final AtomicReference<Standing> standing = new AtomicReference<>(Standing.NEW);

    private volatile String epoch = "";
    private volatile long waitUntil = System.nanoTime();
    private final AtomicBoolean asking = new AtomicBoolean();
    private boolean owing;

    /** @param node a name that no other node has */
    RollCall(UnifiedJedis redis, String node, Supplier<Share> share, Memory memory) {
        this.redis = redis;
        this.node = node;
        this.share = share;
        this.memory = memory;
    }

    Standing standing() {
        return standing.get();
    }

    String epoch() {
        return epoch;
    }

    void away() {
        standing.set(Standing.AWAY);
    }

    /**
     * Joins the epoch that holds, and tells it what it does not know. While Redis is away nobody waits for it here.
     *
     * @param seen the epoch that was found not to hold; where another one was joined meanwhile there is nothing to do
     * @throws JedisException when Redis does not count
     */
    synchronized void join(String seen) {
        if (standing() != Standing.AWAY && seen.equals(epoch)) {
            rejoin();
        }
    }

    /** Joins anew, whatever was known. */
    synchronized void rejoin() {
        try {
            for (int i = 0; i < ATTEMPTS && !joined(); i++) {
                LOG.debug("Another roll call began meanwhile");
            }
        } catch (JedisException e) {
            standing.set(Standing.AWAY);
            throw e;
        }
    }

    private boolean joined() {
        var before = standing();
        // others may have counted alone as long as this node did not hear of Redis, whether or not it did so itself
        boolean alone = before == Standing.AWAY || memory.hasNews();
        var found = LimitEpoch.join(redis, node, epoch, fresh(), alone);
        if (epoch.isEmpty() && memory.hasNews()) {
            // counted alone since its start, and learns only now beside whom
            found = LimitEpoch.join(redis, node, found, fresh(), true);
        }
        boolean lost = !epoch.isEmpty() && !LimitEpoch.sameData(epoch, found);
        if (lost) {
            LOG.warn("Redis has lost its counts, or has those of before, and is told again what this node admitted");
            if (before == Standing.COUNTING) {
                waitUntil = System.nanoTime() + PATIENCE.toNanos();
            }
        }
        // what was lost is owed until it has been told whole, whatever happens to Redis meanwhile
        owing |= lost;
        epoch = found;
        standing.compareAndSet(before, Standing.JOINED);
        owing = !tell(found, owing) && owing;
        return beat() != Presence.ANOTHER_EPOCH;
    }

    /** Says that this node is there and what it admitted since, and learns whether all are. */
    synchronized Presence beat() {
        tell(epoch, false);
        var presence = LimitEpoch.present(redis, node, epoch, share.get().nodes());
        if (presence == Presence.COMPLETE && standing() == Standing.JOINED) {
            memory.settle();
            standing.compareAndSet(Standing.JOINED, Standing.COUNTING);
        } else if (presence == Presence.WAITING) {
            standing.compareAndSet(Standing.COUNTING, Standing.JOINED);
        }
        return presence;
    }

    /** Says nothing, and only asks whether the epoch that was joined still holds. */
    boolean holds() {
        return LimitEpoch.holds(redis, epoch);
    }

    /**
     * Waits a moment for the other nodes where Redis lost its counts without having been away: within a heartbeat all of
     * them have told it again, and nothing was admitted twice.
     */
    void awaitOthers() {
        while (standing() == Standing.JOINED && System.nanoTime() - waitUntil < 0) {
            if (asking.compareAndSet(false, true)) {
                try {
                    beat();
                } finally {
                    asking.set(false);
                }
            }
            if (standing() == Standing.JOINED) {
                LockSupport.parkNanos(this, STEP.toNanos());
            }
        }
    }

    /** @return whether Redis took all of it */
    private boolean tell(String to, boolean again) {
        long changes = memory.changes();
        boolean all = true;
        var news = memory.news(again);
        for (int from = 0; from < news.size(); from += AT_ONCE) {
            var part = news.subList(from, Math.min(news.size(), from + AT_ONCE));
            var answers = Script.LIMITS.runAll(
                    redis,
                    part.stream()
                            .map(one -> new Script.Call(
                                    LimitCounts.keys(List.of(one.counter())),
                                    LimitCounts.tell(to, one.counter(), one.told())))
                            .toList());
            for (int i = 0; i < part.size(); i++) {
                if (LimitCounts.missed(answers.get(i))) {
                    all = false;
                } else {
                    part.get(i).remembered().told();
                }
            }
        }
        if (all) {
            memory.told(changes);
        }
        return all;
    }

    private static String fresh() {
        return UUID.randomUUID().toString();
    }
}
