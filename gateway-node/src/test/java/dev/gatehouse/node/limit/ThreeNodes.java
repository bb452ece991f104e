package dev.gatehouse.node.limit;

import static org.awaitility.Awaitility.await;

import dev.gatehouse.db.live.LimitCounter;
import dev.gatehouse.db.live.LimitCounts;
import dev.gatehouse.db.live.Redis;
import dev.gatehouse.db.policy.RateLimit.Mode;
import dev.gatehouse.db.policy.RateLimit.WithoutRedis;
import dev.gatehouse.deploy.servers.RedisServer;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import redis.clients.jedis.RedisClient;

/** Three nodes that share a Redis, each with clocks of its own. */
abstract class ThreeNodes {

    static final Duration HOUR = Duration.ofHours(1);

    RedisServer server = RedisServer.temporary();
    final RedisClient redis = Redis.open(server.url(), "test", 24, Duration.ofMillis(500));
    volatile int serving = 3;
    final List<Limiter> nodes = Stream.of("a", "b", "c").map(this::node).toList();

    /** Each with clocks of its own: one goes an hour before, one an hour after. */
    private Limiter node(String name) {
        return node(name, redis);
    }

    final Share share(String name) {
        int place = Math.max(0, "abc".indexOf(name));
        return new Share(Math.max(serving, place + 1), place);
    }

    final Limiter node(String name, RedisClient redis) {
        var off = Duration.ofHours("abc".indexOf(name) - 1);
        var wall = Clock.offset(Clock.systemUTC(), off);
        return new Limiter(
                redis,
                name,
                name,
                () -> share(name),
                wall,
                () -> (System.nanoTime() + off.toNanos()) / 1_000,
                new Silence());
    }

    @AfterEach
    void close() {
        nodes.forEach(Limiter::close);
        redis.close();
        server.close();
    }

    final void counting() {
        await().until(() -> nodes.stream().allMatch(node -> node.standing() == Standing.COUNTING));
    }

    final void away() {
        await().until(() -> {
            nodes.forEach(node -> admitted(node, 1, demand("poke", 1)));
            return nodes.stream().allMatch(node -> node.standing() == Standing.AWAY);
        });
    }

    final long left(Demand demand) {
        return LimitCounts.look(redis, List.of(demand.counter())).getFirst().left();
    }

    static int admitted(Limiter node, int asking, Demand demand) {
        int admitted = 0;
        for (int i = 0; i < asking; i++) {
            if (node.decide(List.of(demand)).admitted()) {
                admitted++;
            }
        }
        return admitted;
    }

    static Demand demand(String name, long requests) {
        return demand(name, requests, Mode.LEASED, WithoutRedis.LOCAL);
    }

    static Demand demand(String name, long requests, Mode mode, WithoutRedis without) {
        return new Demand(new LimitCounter(name, "s", requests, HOUR, 0), 1, mode, without);
    }

    static Demand bucket(String name, long burst) {
        return new Demand(new LimitCounter(name, "s", burst, HOUR, burst), 1, Mode.LEASED, WithoutRedis.LOCAL);
    }
}
