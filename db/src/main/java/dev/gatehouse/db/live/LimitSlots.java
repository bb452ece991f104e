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

    /**
     * What a node says that it holds.
     *
     * @param number later than that of all it said of them before, or it is passed over
     * @param span for how long, unless it says so again
     */
    public record Holding(String node, long number, long slots, Duration span) {}

    /** Where Redis has them. */
    public static String key(LimitCounter counter) {
        return LimitCounter.KEYS + "=slots:" + counter.name() + ":" + counter.subject();
    }

    /**
     * Takes as many as are needed, or as there are, and of many some more.
     *
     * @param wish slots beside those that are needed
     */
    public static Granted take(
            UnifiedJedis redis, LimitCounter counter, Holding holding, int nodes, long needed, long wish) {
        var said = run(
                redis,
                key(counter),
                "take",
                holding.node,
                Long.toString(holding.number),
                Long.toString(holding.slots),
                Long.toString(holding.span.toMillis()),
                Long.toString(counter.requests()),
                Integer.toString(nodes),
                Long.toString(needed),
                Long.toString(wish));
        return new Granted((Long) said.get(0), (Long) said.get(1));
    }

    /** Gives back what is not held any more and renews the rest. */
    public static Script.Call keep(String key, Holding holding) {
        return new Script.Call(
                List.of(key),
                List.of(
                        "keep",
                        holding.node,
                        Long.toString(holding.number),
                        Long.toString(holding.slots),
                        Long.toString(holding.span.toMillis())));
    }

    /** How many are held by all nodes together. */
    public static long look(UnifiedJedis redis, LimitCounter counter) {
        return (Long) run(redis, key(counter), "look", "", "0").getFirst();
    }

    private static List<?> run(UnifiedJedis redis, String key, String... arguments) {
        return (List<?>) Script.SLOTS.run(redis, List.of(key), List.of(arguments));
    }
}
