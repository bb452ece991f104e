package dev.gatehouse.node.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The counting of {@code window.lua} in this node's memory, for as long as Redis is away. Bounded in subjects. */
final class LocalWindows {

    private static final int SUBJECTS = 100_000;
    private static final int BUCKETS = 60;

    private final Clock clock;
    private final Cache<String, NavigableMap<Long, Long>> counts = Caffeine.newBuilder()
            .maximumSize(SUBJECTS)
            .expireAfterAccess(Duration.ofHours(1).plusMinutes(1))
            .build();

    LocalWindows(Clock clock) {
        this.clock = clock;
    }

    Decision decide(String subject, long limit, Duration span) {
        var window = counts.get(subject, _ -> new TreeMap<>());
        synchronized (window) {
            return decide(window, limit, span.toMillis());
        }
    }

    private Decision decide(NavigableMap<Long, Long> window, long limit, long span) {
        long now = clock.millis();
        window.headMap(now - span, true).clear();
        long sum = window.values().stream().mapToLong(Long::longValue).sum();
        if (sum < limit) {
            long size = Math.max(1, Math.ceilDiv(span, BUCKETS));
            window.merge((now / size + 1) * size, 1L, Long::sum);
            return new Decision.Admitted(limit - sum - 1, window.firstKey() + span - now);
        }
        for (Map.Entry<Long, Long> bucket : window.entrySet()) {
            sum -= bucket.getValue();
            if (sum < limit) {
                return new Decision.Refused(bucket.getKey() + span - now);
            }
        }
        return new Decision.Refused(span);
    }

    /** When Redis counts again, what was counted here must not be met once more at the next outage. */
    void clear() {
        counts.invalidateAll();
    }
}
