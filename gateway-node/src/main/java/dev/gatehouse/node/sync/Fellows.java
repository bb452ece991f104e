package dev.gatehouse.node.sync;

import dev.gatehouse.node.limit.Share;
import java.time.Duration;
import java.util.List;

/**
 * Which nodes serve, and this one's place among them: by name, once all of them must have seen the same. Until then it
 * stands behind all others, so that no two ever stand in the same place.
 */
final class Fellows {

    /** Everybody looks every two seconds; who has seen a change later than another still waits when that one no longer does. */
    private static final long SETTLED_NANOS = Duration.ofSeconds(6).toNanos();

    private List<String> names = List.of();
    private long since;

    /**
     * @param serving names, this node's among them or not
     * @param now of {@link System#nanoTime}
     */
    Share seen(List<String> serving, String own, long now) {
        var sorted = serving.stream().sorted().toList();
        if (!sorted.equals(names)) {
            names = sorted;
            since = now;
        }
        int place = names.indexOf(own);
        return place >= 0 && now - since >= SETTLED_NANOS
                ? new Share(names.size(), place)
                : Share.behind(Math.max(1, names.size()));
    }
}
