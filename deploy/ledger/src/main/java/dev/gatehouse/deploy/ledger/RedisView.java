package dev.gatehouse.deploy.ledger;

import dev.gatehouse.db.live.LimitCounter;
import dev.gatehouse.db.live.LimitCounts;
import dev.gatehouse.db.live.Redis;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisException;

/** What Redis itself says: how many scripts it ran, and how much it has counted. */
final class RedisView implements AutoCloseable {

    private static final Pattern CALLS = Pattern.compile("cmdstat_(?:evalsha|eval|fcall):calls=(\\d+)");
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private final RedisClient redis;
    private long before;
    private long sum;

    RedisView(String redisUrl) {
        redis = Redis.open(redisUrl, "ledger", 1, PATIENCE);
        look();
        sum = 0;
    }

    /** To be called now and then: a Redis that is started anew begins at nothing. */
    void look() {
        try {
            long now = CALLS.matcher(redis.info("commandstats"))
                    .results()
                    .mapToLong(match -> Long.parseLong(match.group(1)))
                    .sum();
            sum += now < before ? now : now - before;
            before = now;
        } catch (JedisException e) {
            // away: what it ran until then was seen a moment ago
        }
    }

    /** Scripts since the beginning: each is a decision, or many at once, that a node could not make alone. */
    long scripts() {
        return sum;
    }

    /** What that counter has in its window now, permits that nobody used yet included; below zero where it cannot be told. */
    long counted(LimitCounter counter) {
        try {
            return LimitCounts.look(redis, List.of(counter)).getFirst().used();
        } catch (JedisException e) {
            return -1;
        }
    }

    RedisClient client() {
        return redis;
    }

    void flush() {
        redis.flushAll();
    }

    @Override
    public void close() {
        redis.close();
    }
}
