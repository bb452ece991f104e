package dev.gatehouse.deploy.bench.routing;

import dev.gatehouse.db.key.Pepper;
import dev.gatehouse.db.key.Secrets;
import dev.gatehouse.db.live.Redis;
import dev.gatehouse.db.model.Snapshot;
import dev.gatehouse.node.authentication.Attempts;
import dev.gatehouse.node.authentication.Credentials;
import dev.gatehouse.node.backend.Mirrors;
import dev.gatehouse.node.backend.Targets;
import dev.gatehouse.node.backend.UpstreamPools;
import dev.gatehouse.node.filter.Filters;
import dev.gatehouse.node.identity.KeyTable;
import dev.gatehouse.node.identity.Keys;
import dev.gatehouse.node.limit.Limiter;
import dev.gatehouse.node.routing.Backends;
import dev.gatehouse.node.routing.RouteCompiler;
import dev.gatehouse.node.routing.RouteTable;
import java.time.Clock;
import java.time.Duration;
import redis.clients.jedis.RedisClient;

/** A node's compiler; nothing that it connects to is there. */
final class Compiling implements AutoCloseable {

    private final RedisClient redis = Redis.open("redis://127.0.0.1:1", "bench", 1, Duration.ofMillis(100));
    private final Limiter limiter = new Limiter(redis, Clock.systemUTC());
    private final UpstreamPools pools = new UpstreamPools();
    private final Targets targets = new Targets(pools, Targets.Watches.NONE, name -> name);
    private final Mirrors mirrors = new Mirrors(name -> name);
    private final RouteCompiler compiler = new RouteCompiler(
            new Filters(
                    new Credentials(
                            new Keys(new KeyTable(), new Pepper(1, "a pepper for benchmarks"), Clock.systemUTC()),
                            new Attempts(Clock.systemUTC())),
                    limiter),
            new Backends(targets, mirrors, Secrets.NONE));

    RouteTable compile(Snapshot snapshot, RouteTable previous) {
        var compiled = compiler.compile(snapshot, previous);
        if (!compiled.problems().isEmpty()) {
            throw new IllegalStateException(compiled.problems().getFirst());
        }
        return compiled.table();
    }

    @Override
    public void close() {
        limiter.close();
        redis.close();
        mirrors.close();
        targets.close();
        pools.close();
    }
}
