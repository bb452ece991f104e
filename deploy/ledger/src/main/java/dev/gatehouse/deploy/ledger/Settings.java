package dev.gatehouse.deploy.ledger;

import dev.gatehouse.db.live.LimitCounter;
import dev.gatehouse.db.policy.RateLimit;
import dev.gatehouse.db.settings.Spans;
import java.time.Duration;

/**
 * What is counted, and what is asked.
 *
 * @param requests admitted in any span of {@code window}; of a bucket, what its rate gives in one
 * @param burst of a bucket; 0 for a window
 * @param quota of the month, beside the limit; 0 for none
 * @param rate requests a second, offered to all nodes together for {@code time}
 */
record Settings(
        RateLimit.Mode mode,
        RateLimit.WithoutRedis withoutRedis,
        int requests,
        Duration window,
        int burst,
        long quota,
        int nodes,
        int rate,
        Duration time) {

    static final String QUOTA = "spent";
    static final String SUBJECT = "consumer:caller";

    /** All that are offered. */
    int count() {
        return Math.toIntExact(rate * time.toMillis() / 1_000);
    }

    /** What must hold. */
    Model model() {
        return burst == 0
                ? new Model.Window(requests, window.toNanos())
                : new Model.Bucket(burst, (double) requests / window.toNanos());
    }

    /** More than a caller can be told are left. */
    long most() {
        return Math.max(model().bound(), quota);
    }

    /** Where all of it is counted. */
    LimitCounter counter() {
        return new LimitCounter("counted", SUBJECT, requests, window, burst);
    }

    /** As {@code gatehouse apply} reads it. */
    String configuration(int upstream) {
        var counted = quota == 0
                ? ""
                : "      - quota: { amount: %d, every: month, name: %s, without-redis: %s }\n"
                        .formatted(quota, QUOTA, withoutRedis);
        return """
                services:
                  ledger: { targets: [ "http://127.0.0.1:%d" ] }
                routes:
                  counted:
                    match: { path: /ledger }
                    policies:
                      - rate-limit: { requests: %d, window: %s, burst: %d, mode: %s, without-redis: %s, per: consumer }
                %s    forward: { service: ledger }
                consumers:
                  caller: { keys: [ ledger ] }
                """.formatted(upstream, requests, Spans.write(window), burst, mode, withoutRedis, counted);
    }

    @Override
    public String toString() {
        return "%s, %d in any %s%s%s, %d nodes, %d/s for %s"
                .formatted(
                        mode,
                        requests,
                        Spans.write(window),
                        burst == 0 ? "" : " and " + burst + " at once",
                        quota == 0 ? "" : ", a quota of " + quota,
                        nodes,
                        rate,
                        Spans.write(time));
    }
}
