package dev.gatehouse.node.traffic;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Whose last use was written within the hour. Two generations, so that what was not used for long is forgotten; a key's
 * hour is shortened by a share of its own, so that keys which came together do not come together again.
 */
final class LastWritten {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final int JITTER_SECONDS = 600;

    /** Beyond, a key's use is written again early rather than remembered. */
    private static final int MOST = 500_000;

    private Map<String, Integer> newer = new HashMap<>();
    private Map<String, Integer> older = new HashMap<>();
    private Instant turned = Instant.EPOCH;

    /** Is it time to write it? Then it counts as written. */
    boolean due(String key, Instant now) {
        if (Duration.between(turned, now).compareTo(HOUR) >= 0 || newer.size() >= MOST) {
            older = newer;
            newer = new HashMap<>();
            turned = now;
        }
        int seconds = (int) now.getEpochSecond();
        var last = newer.getOrDefault(key, older.get(key));
        if (last != null && seconds - last < HOUR.toSeconds() - Math.floorMod(key.hashCode(), JITTER_SECONDS)) {
            return false;
        }
        newer.put(key, seconds);
        return true;
    }

    void forget(String key) {
        newer.remove(key);
        older.remove(key);
    }
}
