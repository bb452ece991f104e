package dev.gatehouse.node.routing;

import dev.gatehouse.db.key.Pepper;
import dev.gatehouse.db.key.Secrets;
import dev.gatehouse.db.live.Redis;
import dev.gatehouse.db.model.Forward;
import dev.gatehouse.db.model.Match;
import dev.gatehouse.db.model.Method;
import dev.gatehouse.db.model.Protocol;
import dev.gatehouse.db.model.Route;
import dev.gatehouse.db.model.Service;
import dev.gatehouse.db.model.ServiceTls;
import dev.gatehouse.db.model.Snapshot;
import dev.gatehouse.db.model.Target;
import dev.gatehouse.db.model.WebSockets;
import dev.gatehouse.node.authentication.Attempts;
import dev.gatehouse.node.authentication.Credentials;
import dev.gatehouse.node.backend.Mirrors;
import dev.gatehouse.node.backend.Targets;
import dev.gatehouse.node.backend.UpstreamPools;
import dev.gatehouse.node.filter.Filters;
import dev.gatehouse.node.identity.KeyTable;
import dev.gatehouse.node.identity.Keys;
import dev.gatehouse.node.limit.Limiter;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import redis.clients.jedis.RedisClient;

/** A compiler with all that it needs, and small things to compile. Nothing listens at its targets. */
final class Compiling implements AutoCloseable {

    private static final String NOWHERE = "http://127.0.0.1:1";

    private final RedisClient redis = Redis.open("redis://127.0.0.1:1", "test", 1, Duration.ofMillis(100));
    private final Limiter limiter = new Limiter(redis, Clock.systemUTC());
    private final UpstreamPools pools = new UpstreamPools();
    private final Targets targets = new Targets(pools, Targets.Watches.NONE, name -> name);
    private final Mirrors mirrors = new Mirrors(name -> name);
    private final RouteCompiler compiler = new RouteCompiler(
            new Filters(
                    new Credentials(
                            new Keys(new KeyTable(), new Pepper(1, "a pepper for tests only"), Clock.systemUTC()),
                            new Attempts(Clock.systemUTC())),
                    limiter),
            new Backends(targets, mirrors, Secrets.NONE));

    RouteCompiler.Compiled compile(Snapshot snapshot, RouteTable previous) {
        return compiler.compile(snapshot, previous);
    }

    /** The first table. */
    RouteTable table(Map<String, Route> routes) {
        return compile(snapshot(routes), RouteTable.NONE).table();
    }

    static Snapshot snapshot(Map<String, Route> routes) {
        return new Snapshot(Map.of("users", service(NOWHERE)), routes, Map.of(), Map.of());
    }

    static Service service(String... targets) {
        return new Service(
                Arrays.stream(targets).map(Target::new).toList(),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Protocol.HTTP1,
                ServiceTls.DEFAULT);
    }

    /** Public, to the service {@code users}. */
    static Route route(String path, Method... methods) {
        return route(Match.of(path, methods), "");
    }

    static Route route(Match match, String rewrite) {
        return new Route(
                match,
                true,
                List.of(),
                new Forward("users", rewrite),
                10 << 20,
                Duration.ofMinutes(1),
                WebSockets.DEFAULT);
    }

    @Override
    public void close() {
        limiter.close();
        redis.close();
        targets.close();
        pools.close();
        mirrors.close();
    }
}
