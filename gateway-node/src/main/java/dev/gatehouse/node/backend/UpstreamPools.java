package dev.gatehouse.node.backend;

import dev.gatehouse.node.backend.http2.Liveness;
import java.util.concurrent.ConcurrentHashMap;

/** Open connections to services, by destination. One a node: a pool survives the swap of a configuration. */
public final class UpstreamPools implements AutoCloseable {

    /** How late a connection may be closed whose service is silent. */
    private static final long TICK_MILLIS = 100;

    private static final int TICKS_A_SWEEP = 10;

    private final ConcurrentHashMap<Destination, UpstreamPool> pools = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<Destination, Http2Pool> http2 = new ConcurrentHashMap<>();
    private final TlsContexts contexts = new TlsContexts();
    private final Connector connector;
    private final PoolLimits limits;
    private final Thread clock;

    public UpstreamPools() {
        this(PoolLimits.DEFAULT);
    }

    public UpstreamPools(PoolLimits limits) {
        this.limits = limits;
        connector = new Connector(contexts, new Resolver());
        clock = Thread.ofPlatform().daemon().name("gatehouse-pools").start(this::sweep);
    }

    /** @throws IllegalArgumentException when no connection could ever be made with these settings */
    UpstreamPool of(Destination destination) {
        contexts.of(destination.tls());
        return pools.computeIfAbsent(destination, key -> new UpstreamPool(key, connector, limits));
    }

    /** @throws IllegalArgumentException when no connection could ever be made with these settings */
    Http2Pool http2(Destination destination) {
        contexts.of(destination.tls());
        return http2.computeIfAbsent(destination, key -> new Http2Pool(key, connector, limits, Liveness.DEFAULT));
    }

    /** Idle connections are closed; one that is in use is, when given back. */
    @Override
    public void close() {
        clock.interrupt();
        pools.values().forEach(UpstreamPool::close);
        http2.values().forEach(Http2Pool::close);
        connector.close();
    }

    private void sweep() {
        try {
            for (int tick = 1; ; tick++) {
                Thread.sleep(TICK_MILLIS);
                pools.values().forEach(UpstreamPool::watch);
                if (tick % TICKS_A_SWEEP == 0) {
                    pools.values().forEach(UpstreamPool::sweep);
                    http2.values().forEach(Http2Pool::sweep);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
