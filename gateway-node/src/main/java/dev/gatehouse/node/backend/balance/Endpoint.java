package dev.gatehouse.node.backend.balance;

import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One address of a service, with what this node knows of it. It is the same over the swap of a configuration for as long
 * as the service has that target and the target that address.
 */
public final class Endpoint {

    /**
     * What makes it the same.
     *
     * @param target as configured: {@link dev.gatehouse.db.model.Target#identity}
     * @param address one of those that the target's name stands for; null while that is looked up with each connection
     */
    public record Key(String target, @Nullable InetSocketAddress address) {}

    private final Key key;
    private final AtomicInteger running = new AtomicInteger();
    private volatile Watch watch = Watch.NONE;

    public Endpoint(Key key) {
        this.key = key;
    }

    /** As configured. */
    public String target() {
        return key.target();
    }

    public @Nullable InetSocketAddress address() {
        return key.address();
    }

    /** How many requests it is busy with, those of this node. */
    public int running() {
        return running.get();
    }

    public Watch watch() {
        return watch;
    }

    void watch(Watch.Maker maker) {
        watch = maker.watch(this, watch);
    }

    void begin() {
        running.incrementAndGet();
    }

    void end() {
        running.decrementAndGet();
    }

    /** For logs and traces. */
    @Override
    public String toString() {
        var address = key.address();
        return address == null ? key.target() : key.target() + " at " + address;
    }
}
