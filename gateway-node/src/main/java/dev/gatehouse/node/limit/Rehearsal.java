package dev.gatehouse.node.limit;

import dev.gatehouse.db.live.LimitCounter;
import dev.gatehouse.db.policy.RateLimit.Mode;
import dev.gatehouse.db.policy.RateLimit.WithoutRedis;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.providers.ConnectionProvider;

/**
 * Decides without Redis, for nobody, when a node starts. All nodes find at the same instant that Redis is silent: what has
 * never run before would be loaded, linked and interpreted then, and all requests would wait for that.
 */
public final class Rehearsal implements Runnable {

    /** In small portions, so that whatever else begins gets its turn. */
    private static final int PORTIONS = 40;

    /** All of them are enough to be compiled, and too few to be taken for what happens mostly. */
    private static final int DECISIONS = 50;

    private static final Duration PAUSE = Duration.ofMillis(20);

    private final Clock clock;
    private final Duration pause;

    public Rehearsal(Clock clock) {
        this(clock, PAUSE);
    }

    Rehearsal(Clock clock, Duration pause) {
        this.clock = clock;
        this.pause = pause;
    }

    /** A Redis that nobody reaches. */
    private static final class Nobody extends UnifiedJedis {

        Nobody() {
            super(new NoConnection(), RedisProtocol.RESP3);
        }
    }

    private static final class NoConnection implements ConnectionProvider {

        @Override
        public Connection getConnection() {
            throw new JedisConnectionException("This is a rehearsal");
        }

        @Override
        public Connection getConnection(CommandArguments arguments) {
            return getConnection();
        }

        @Override
        public void close() {
            // nothing was opened
        }
    }

    @Override
    public void run() {
        try (var redis = new Nobody();
                var limiter = limiter(redis)) {
            decide(limiter);
        }
    }

    private Limiter limiter(UnifiedJedis redis) {
        return new Limiter(
                redis,
                UUID.randomUUID().toString(),
                "",
                () -> Share.WHOLE,
                clock,
                () -> System.nanoTime() / 1_000,
                new Silence(),
                Optional.of(clock.instant()));
    }

    /** About half of what is asked for is admitted. */
    private void decide(Limiter limiter) {
        var window = demand("window", PORTIONS * DECISIONS / 2, 0);
        var bucket = demand("bucket", 1, PORTIONS * DECISIONS / 20);
        for (int i = 0; i < PORTIONS; i++) {
            for (int j = 0; j < DECISIONS; j++) {
                limiter.decide(List.of(j % 10 == 0 ? bucket : window));
            }
            LockSupport.parkNanos(this, pause.toNanos());
        }
    }

    private static Demand demand(String name, long requests, long burst) {
        return new Demand(
                new LimitCounter(name, "", requests, Duration.ofMinutes(1), burst), 1, Mode.LEASED, WithoutRedis.LOCAL);
    }
}
