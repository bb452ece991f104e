package dev.gatehouse.db.live;

import java.util.List;
import redis.clients.jedis.UnifiedJedis;

/** How nodes agree with {@code rollcall.lua} on when the counts in Redis can be believed. */
public final class LimitEpoch {

    static final String EPOCH = LimitCounter.KEYS + "=epoch";
    private static final List<String> KEYS =
            List.of(EPOCH, LimitCounter.KEYS + "=present", LimitCounter.KEYS + "=complete");

    private LimitEpoch() {}

    /** Who is there. */
    public enum Presence {
        COMPLETE,
        WAITING,
        ANOTHER_EPOCH
    }

    /**
     * The epoch that holds now; a new one where there is none, or where somebody has counted alone since.
     *
     * @param known the one it knew; empty for none
     * @param fresh a name that nobody else gives
     */
    public static String join(UnifiedJedis redis, String node, String known, String fresh, boolean alone) {
        return (String) Script.ROLL_CALL.run(redis, KEYS, List.of("join", node, known, fresh, alone ? "1" : "0"));
    }

    /** Says that the node has told the epoch all it knows. */
    public static Presence present(UnifiedJedis redis, String node, String epoch, int nodes) {
        long said = (Long) Script.ROLL_CALL.run(redis, KEYS, List.of("present", node, epoch, Integer.toString(nodes)));
        return said < 0 ? Presence.ANOTHER_EPOCH : said > 0 ? Presence.COMPLETE : Presence.WAITING;
    }

    /** Whether that epoch is the one that holds. */
    public static boolean holds(UnifiedJedis redis, String epoch) {
        return epoch.equals(redis.get(EPOCH));
    }

    /** Whether both are of the same counts. */
    public static boolean sameData(String one, String other) {
        return data(one).equals(data(other));
    }

    private static String data(String epoch) {
        return epoch.split("[@/]", 2)[0];
    }
}
