package dev.gatehouse.db.live;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.providers.ConnectionProvider;

/** Connections of a provider that wants its servers to be there when it is made: it is made on first use, and tried again each second. */
final class LazyProvider implements ConnectionProvider {

    private static final long PAUSE_NANOS = Duration.ofSeconds(1).toNanos();

    private final Supplier<ConnectionProvider> making;
    private final ReentrantLock turn = new ReentrantLock();
    private volatile @Nullable ConnectionProvider made;
    private volatile long notBefore = System.nanoTime();

    LazyProvider(Supplier<ConnectionProvider> making) {
        this.making = making;
    }

    /** One makes it, the others are told at once that it is not there. */
    private ConnectionProvider provider() {
        var known = made;
        if (known != null) {
            return known;
        }
        if (System.nanoTime() - notBefore < 0 || !turn.tryLock()) {
            throw new JedisConnectionException("Redis could not be reached a moment ago");
        }
        try {
            var again = made;
            if (again != null) {
                return again;
            }
            var fresh = making.get();
            made = fresh;
            return fresh;
        } catch (JedisException e) {
            notBefore = System.nanoTime() + PAUSE_NANOS;
            throw e;
        } finally {
            turn.unlock();
        }
    }

    @Override
    public Connection getConnection() {
        return provider().getConnection();
    }

    @Override
    public Connection getConnection(CommandArguments arguments) {
        return provider().getConnection(arguments);
    }

    @Override
    public void close() {
        turn.lock();
        try {
            var known = made;
            if (known != null) {
                known.close();
            }
        } catch (JedisException e) {
            throw e;
        } catch (Exception e) {
            throw new JedisException(e);
        } finally {
            turn.unlock();
        }
    }
}
