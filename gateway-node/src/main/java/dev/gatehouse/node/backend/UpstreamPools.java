package dev.gatehouse.node.backend;

import dev.gatehouse.db.store.OwnStores;
import dev.gatehouse.node.backend.http2.Liveness;
import java.lang.ref.Cleaner;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Open connections to services, by destination. One a node: a pool survives the swap of a configuration as long as
 * somebody who asked for it can still be reached, and is closed thereafter.
 */
public final class UpstreamPools implements AutoCloseable {

    /** How late a connection may be closed whose service is silent. */
    private static final long TICK_MILLIS = 100;

    private static final int TICKS_A_SWEEP = 10;

    private static final Cleaner CLEANER = Cleaner.create();

    /** A pool, and how many use it. */
    private record Held<P>(P pool, int users) {}

    private final ConcurrentHashMap<Destination, Held<UpstreamPool>> pools = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<Destination, Held<Http2Pool>> http2 = new ConcurrentHashMap<>();
    /** Nobody's any more, but for the exchanges that still run on them. */
    private final Set<UpstreamPool> ending = ConcurrentHashMap.newKeySet();

    private final Set<Http2Pool> endingHttp2 = ConcurrentHashMap.newKeySet();
    private final TlsContexts contexts = new TlsContexts();
    private final Connector connector;
    private final PoolLimits limits;
    private final Thread clock;

    public UpstreamPools() {
        this(OwnStores.NONE);
    }

    /** @param stores no service is there */
    public UpstreamPools(OwnStores stores) {
        this(PoolLimits.DEFAULT, stores);
    }

    public UpstreamPools(PoolLimits limits) {
        this(limits, OwnStores.NONE);
    }

    private UpstreamPools(PoolLimits limits, OwnStores stores) {
        this.limits = limits;
        connector = new Connector(contexts, stores);
        clock = Thread.ofPlatform().daemon().name("gatehouse-pools").start(this::watch);
    }

    /**
     * The pool of that destination.
     *
     * @param user for as long as this can be reached, the pool stays; it asks once for each use
     * @throws IllegalArgumentException when no connection could ever be made with these settings
     */
    UpstreamPool of(Destination destination, Object user) {
        contexts.of(destination.tls());
        var _ = CLEANER.register(user, () -> release(pools, destination, ending));
        return take(pools, destination, () -> new UpstreamPool(destination, connector, limits));
    }

    /** As {@link #of}, for HTTP/2. */
    Http2Pool http2(Destination destination, Object user) {
        contexts.of(destination.tls());
        var _ = CLEANER.register(user, () -> release(http2, destination, endingHttp2));
        return take(http2, destination, () -> new Http2Pool(destination, connector, limits, Liveness.DEFAULT));
    }

    private static <P> P take(ConcurrentHashMap<Destination, Held<P>> all, Destination destination, Supplier<P> fresh) {
        return all.compute(
                        destination,
                        (_, held) ->
                                held == null ? new Held<>(fresh.get(), 1) : new Held<>(held.pool(), held.users() + 1))
                .pool();
    }

    private static <P> void release(
            ConcurrentHashMap<Destination, Held<P>> all, Destination destination, Set<P> ending) {
        all.computeIfPresent(destination, (_, held) -> {
            if (held.users() > 1) {
                return new Held<>(held.pool(), held.users() - 1);
            }
            ending.add(held.pool());
            return null;
        });
    }

    /** How many destinations there are pools for, those that are ending included. */
    int size() {
        return pools.size() + http2.size() + ending.size() + endingHttp2.size();
    }

    /** How many TLS settings are remembered. */
    int contexts() {
        return contexts.size();
    }

    /** Idle connections are closed; one that is in use is, when given back. */
    @Override
    public void close() {
        clock.interrupt();
        pools.values().forEach(held -> held.pool().close());
        http2.values().forEach(held -> held.pool().close());
        ending.forEach(UpstreamPool::close);
        endingHttp2.forEach(Http2Pool::close);
    }

    private void watch() {
        try {
            for (int tick = 1; ; tick++) {
                Thread.sleep(TICK_MILLIS);
                pools.values().forEach(held -> held.pool().watch());
                ending.forEach(UpstreamPool::watch);
                if (tick % TICKS_A_SWEEP == 0) {
                    sweep();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void sweep() {
        pools.values().forEach(held -> held.pool().sweep());
        http2.values().forEach(held -> held.pool().sweep());
        ending.forEach(UpstreamPool::close);
        ending.removeIf(UpstreamPool::empty);
        endingHttp2.forEach(Http2Pool::close);
        endingHttp2.forEach(Http2Pool::sweep);
        endingHttp2.removeIf(Http2Pool::empty);
        contexts.keep(Stream.concat(pools.keySet().stream(), http2.keySet().stream())
                .map(Destination::tls)
                .collect(Collectors.toSet()));
    }
}
