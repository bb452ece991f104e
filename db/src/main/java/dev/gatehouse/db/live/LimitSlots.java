package dev.gatehouse.db.live;

import java.time.Duration;
import java.util.List;
import redis.clients.jedis.UnifiedJedis;

/** How nodes and console ask {@code slots.lua}. */
public final class LimitSlots {

    private LimitSlots() {}

    /**
     * What Redis gave.
     *
     * @param slots 0: refused
     * @param free beside these
     */
    public record Granted(long slots, long free) {}

    /** Where Redis has them. */
    public static String key(LimitCounter counter) {
        return LimitCounter.KEYS + "=slots:" + counter.name() + ":" + counter.subject();
    }

    /** @param wish slots beside the one that is needed */
    public static Granted take(
            UnifiedJedis redis, LimitCounter counter, String node, int nodes, long wish, Duration held) {
        var said = run(
                redis,
                key(counter),
                "take",
                node,
                Long.toString(counter.requests()),
                Integer.toString(nodes),
                Long.toString(wish),
                Long.toString(held.toMillis()));
        return new Granted((Long) said.get(0), (Long) said.get(1));
    }

    /** Gives some back and renews the rest. */
    public static Script.Call keep(String key, String node, long back, long slots, Duration held) {
        return new Script.Call(
                List.of(key),
                List.of("keep", node, Long.toString(back), Long.toString(slots), Long.toString(held.toMillis())));
    }

    /** How many are held by all nodes together. */
    public static long look(UnifiedJedis redis, LimitCounter counter) {
        return (Long) run(redis, key(counter), "look", "").getFirst();
    }

    private static List<?> run(UnifiedJedis redis, String key, String... arguments) {
        return (List<?>) Script.SLOTS.run(redis, List.of(key), List.of(arguments));
    }
}
