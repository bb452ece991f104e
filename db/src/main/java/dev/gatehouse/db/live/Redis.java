package dev.gatehouse.db.live;

import java.time.Duration;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.providers.SentineledConnectionProvider;

/**
 * How every program of ours reaches Redis: short deadlines, a bounded pool, no retries that could count twice. All keys
 * that one script touches share a hash tag, so that a cluster serves as well as a single server.
 */
public final class Redis {

    /** A cluster's client asks again only where it is told that a key has moved; once more for a topology that was old. */
    private static final int CLUSTER_ATTEMPTS = 3;

    private static final Duration TOPOLOGY = Duration.ofSeconds(10);

    static {
        // a node starts without Redis; the cluster's client would refuse to be made
        System.setProperty(RedisClusterClient.INIT_NO_ERROR_PROPERTY, "true");
    }

    private Redis() {}

    /**
     * Connects on first use, not now.
     *
     * @param url {@code redis://[user:password@]host[:port][/database]}, or {@code rediss://} for TLS
     * @param timeout for connecting and for each answer
     */
    public static RedisClient open(String url, String clientName, int connections, Duration timeout) {
        var access = RedisAccess.of(url);
        return toOne(access, config(access, clientName, timeout), pool(connections, timeout));
    }

    /** The same, of whatever kind. */
    public static UnifiedJedis open(RedisAccess access, String clientName, int connections, Duration timeout) {
        var config = config(access, clientName, timeout);
        var pool = pool(connections, timeout);
        if (access.cluster()) {
            return RedisClusterClient.builder()
                    .nodes(access.hosts())
                    .clientConfig(config)
                    .poolConfig(pool)
                    .maxAttempts(CLUSTER_ATTEMPTS)
                    .maxTotalRetriesDuration(timeout)
                    .topologyRefreshPeriod(TOPOLOGY)
                    .build();
        }
        if (access.sentinelMaster().isEmpty()) {
            return toOne(access, config, pool);
        }
        var sentinels = times(clientName, timeout);
        if (!access.sentinelPassword().isEmpty()) {
            sentinels.password(access.sentinelPassword());
        }
        if (access.tls()) {
            sentinels.sslOptions(SslOptions.defaults());
        }
        var asking = sentinels.build();
        return RedisClient.builder()
                .clientConfig(config)
                .connectionProvider(new LazyProvider(() -> new SentineledConnectionProvider(
                        access.sentinelMaster(), config, pool, access.hosts(), asking)))
                .build();
    }

    private static RedisClient toOne(RedisAccess access, JedisClientConfig config, ConnectionPoolConfig pool) {
        var server = access.hosts().iterator().next();
        return RedisClient.builder()
                .clientConfig(config)
                .connectionProvider(YieldingConnection.provider(server, config, pool))
                .build();
    }

    private static DefaultJedisClientConfig.Builder times(String clientName, Duration timeout) {
        return DefaultJedisClientConfig.builder()
                .clientName(clientName)
                .connectionTimeoutMillis((int) timeout.toMillis())
                .socketTimeoutMillis((int) timeout.toMillis());
    }

    private static DefaultJedisClientConfig config(RedisAccess access, String clientName, Duration timeout) {
        var config = times(clientName, timeout).database(access.database());
        if (access.tls()) {
            config.sslOptions(SslOptions.defaults());
        }
        if (!access.user().isEmpty()) {
            config.user(access.user());
        }
        if (!access.password().isEmpty()) {
            config.password(access.password());
        }
        return config.build();
    }

    private static ConnectionPoolConfig pool(int connections, Duration timeout) {
        var pool = new ConnectionPoolConfig();
        pool.setMaxTotal(connections);
        pool.setMaxIdle(connections);
        pool.setMaxWait(timeout);
        return pool;
    }
}
