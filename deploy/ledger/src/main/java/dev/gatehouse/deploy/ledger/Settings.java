package dev.gatehouse.deploy.ledger;

import dev.gatehouse.db.live.LimitCounter;
import dev.gatehouse.db.policy.RateLimit;
import dev.gatehouse.db.settings.Spans;
import java.time.Duration;

/**
 * What is counted, and what is asked.
 *
 * @param requests admitted in any span of {@code window}
 * @param rate requests a second, offered to all nodes together for {@code time}
 */
record Settings(
        RateLimit.Mode mode,
        RateLimit.WithoutRedis withoutRedis,
        int requests,
        Duration window,
        int nodes,
        int rate,
        Duration time) {

    /** All that are offered. */
    int count() {
        return Math.toIntExact(rate * time.toMillis() / 1_000);
    }

    /** Where all of it is counted. */
    LimitCounter counter() {
        return new LimitCounter("counted", "consumer:caller", requests, window, 0);
    }

    /** As {@code gatehouse apply} reads it. */
    String configuration(int upstream) {
        return """
                services:
                  ledger: { targets: [ "http://127.0.0.1:%d" ] }
                routes:
                  counted:
                    match: { path: /ledger }
                    policies:
                      - rate-limit: { requests: %d, window: %s, mode: %s, without-redis: %s, per: consumer }
                    forward: { service: ledger }
                consumers:
                  caller: { keys: [ ledger ] }
                """.formatted(upstream, requests, Spans.write(window), mode, withoutRedis);
    }

    @Override
    public String toString() {
        return "%s, %d in any %s, %d nodes, %d/s for %s"
                .formatted(mode, requests, Spans.write(window), nodes, rate, Spans.write(time));
    }
}
