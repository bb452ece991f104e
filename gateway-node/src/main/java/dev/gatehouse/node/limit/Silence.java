package dev.gatehouse.node.limit;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;

/** What everybody who asks Redis on this node tells the others: it is silent. So nobody waits for what another has found out. */
public final class Silence {

    private final List<Consumer<JedisException>> listeners = new CopyOnWriteArrayList<>();

    public void listen(Consumer<JedisException> listener) {
        listeners.add(listener);
    }

    /** Where it does answer, and only refuses this, it is no silence. */
    public void found(JedisException cause) {
        if (cause instanceof JedisConnectionException) {
            for (var listener : listeners) {
                listener.accept(cause);
            }
        }
    }
}
