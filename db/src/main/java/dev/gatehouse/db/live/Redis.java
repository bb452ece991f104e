package dev.gatehouse.db.live;

import java.net.URI;
import java.time.Duration;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.SslOptions;

/** How every program of ours reaches Redis: short deadlines, a bounded pool, no retries that could count twice. */
public final class Redis {

    private static final int PORT = 6379;

    private Redis() {}

    /**
     * Connects on first use, not now.
     *
     * @param url {@code redis://[user:password@]host[:port][/database]}, or {@code rediss://} for TLS
     * @param timeout for connecting and for each answer
     */
    public static RedisClient open(String url, String clientName, int connections, Duration timeout) {
        var uri = uri(url);
        var config = DefaultJedisClientConfig.builder()
                .clientName(clientName)
                .connectionTimeoutMillis((int) timeout.toMillis())
                .socketTimeoutMillis((int) timeout.toMillis());
        if (uri.getScheme().equals("rediss")) {
            config.sslOptions(SslOptions.defaults());
        }
        var login = uri.getUserInfo();
        if (login != null) {
            int colon = login.indexOf(':');
            if (colon > 0) {
                config.user(login.substring(0, colon));
            }
            config.password(login.substring(colon + 1));
        }
        if (uri.getPath() != null && uri.getPath().length() > 1) {
            config.database(Integer.parseInt(uri.getPath().substring(1)));
        }
        var pool = new ConnectionPoolConfig();
        pool.setMaxTotal(connections);
        pool.setMaxIdle(connections);
        pool.setMaxWait(timeout);
        return RedisClient.builder()
                .hostAndPort(new HostAndPort(uri.getHost(), uri.getPort() == -1 ? PORT : uri.getPort()))
                .clientConfig(config.build())
                .poolConfig(pool)
                .build();
    }

    private static URI uri(String url) {
        try {
            var uri = URI.create(url);
            var scheme = uri.getScheme();
            if (uri.getHost() != null
                    && ("redis".equals(scheme) || "rediss".equals(scheme))
                    && (uri.getPath() == null || uri.getPath().matches("(/\\d{0,4})?"))) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // told below: the same rule was broken
        }
        throw new IllegalArgumentException(
                "The Redis URL must look like redis://[user:password@]host[:port][/database]");
    }
}
