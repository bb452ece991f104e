package dev.gatehouse.node.backend;

import java.security.NoSuchAlgorithmException;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;

/** Open connections to services, by origin. One a node: a pool survives the swap of a configuration. */
public final class UpstreamPools implements AutoCloseable {

    /** How late a connection may be closed whose service is silent. */
    private static final long TICK_MILLIS = 100;

    private static final int TICKS_A_SWEEP = 10;

    private final ConcurrentHashMap<Origin, UpstreamPool> pools = new ConcurrentHashMap<>();
    private final Connector connector;
    private final PoolLimits limits;
    private final Thread clock;

    /** With the certificates that the platform trusts. */
    public UpstreamPools() {
        this(PoolLimits.DEFAULT, platform());
    }

    public UpstreamPools(PoolLimits limits, SSLContext tls) {
        this.limits = limits;
        connector = new Connector(tls, new Resolver());
        clock = Thread.ofPlatform().daemon().name("gatehouse-pools").start(this::sweep);
    }

    UpstreamPool of(Origin origin) {
        return pools.computeIfAbsent(origin, key -> new UpstreamPool(key, connector, limits));
    }

    /** Idle connections are closed; one that is in use is, when given back. */
    @Override
    public void close() {
        clock.interrupt();
        pools.values().forEach(UpstreamPool::close);
        connector.close();
    }

    private void sweep() {
        try {
            for (int tick = 1; ; tick++) {
                Thread.sleep(TICK_MILLIS);
                pools.values().forEach(UpstreamPool::watch);
                if (tick % TICKS_A_SWEEP == 0) {
                    pools.values().forEach(UpstreamPool::sweep);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static SSLContext platform() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java runtime has no TLS. Run the node on a complete JDK.", e);
        }
    }
}
