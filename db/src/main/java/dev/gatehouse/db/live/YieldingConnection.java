package dev.gatehouse.db.live;

import redis.clients.jedis.Connection;
import redis.clients.jedis.ConnectionFactory;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisSocketFactory;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.providers.ConnectionProvider;
import redis.clients.jedis.providers.PooledConnectionProvider;

/**
 * A connection to one server whose reader lets other threads go first that are ready: under load the answer is here when
 * its turn comes again, and nobody has to wait for the socket and be woken.
 */
final class YieldingConnection extends Connection {

    private YieldingConnection(Connection.Builder builder) {
        super(builder);
    }

    /** A pool of them. */
    static ConnectionProvider provider(HostAndPort server, JedisClientConfig config, ConnectionPoolConfig pool) {
        var making = new Connection.Builder() {
            @Override
            protected Connection createConnection() {
                return new YieldingConnection(this);
            }
        };
        var sockets = new DefaultJedisSocketFactory(server, config);
        making.socketFactory(sockets).clientConfig(config);
        var factory = ConnectionFactory.builder()
                .clientConfig(config)
                .socketFactory(sockets)
                .connectionBuilder(making);
        return new PooledConnectionProvider(factory.build(), pool);
    }

    /** Once for all that is sent together, before its first answer is read. */
    @Override
    @SuppressWarnings("ThreadPriorityCheck")
    protected void flush() {
        super.flush();
        Thread.yield();
    }
}
