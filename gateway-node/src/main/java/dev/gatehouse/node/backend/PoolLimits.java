package dev.gatehouse.node.backend;

import java.time.Duration;

/**
 * Of one origin's connections.
 *
 * @param busy in use at once; a request waits for its turn as long as it may wait for a connection
 * @param idle kept for the next request
 * @param rest how long an idle one is kept; less when the service says so with {@code Keep-Alive: timeout}
 * @param tunnels connections that went on in another protocol. They may stay open for days, so they hold no turn of a
 *     request: neither can starve the other
 * @param age after which one is not used again, so that changed addresses are noticed
 * @param absence for how long at most nobody tries to connect again where that was refused; zero: each one tries
 */
public record PoolLimits(int busy, int idle, int tunnels, Duration rest, Duration age, Duration absence) {

    /** 512, 512, 4096, 30 s, 10 min, 100 ms. */
    public static final PoolLimits DEFAULT =
            new PoolLimits(512, 512, 4096, Duration.ofSeconds(30), Duration.ofMinutes(10), Duration.ofMillis(100));

    /** Where each one tries to connect. */
    public PoolLimits(int busy, int idle, int tunnels, Duration rest, Duration age) {
        this(busy, idle, tunnels, rest, age, Duration.ZERO);
    }
}
