package dev.gatehouse.deploy.bench.routing;

import dev.gatehouse.db.routing.RequestFacts;
import java.net.InetAddress;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A request without a query, from loopback. */
record Asked(String method, String host, String path) implements RequestFacts {

    @Override
    public @Nullable String query() {
        return null;
    }

    @Override
    public @Nullable String header(String name) {
        return null;
    }

    @Override
    public InetAddress address() {
        return InetAddress.getLoopbackAddress();
    }

    @Override
    public Instant time() {
        return Instant.EPOCH;
    }

    @Override
    public double draw() {
        return 0;
    }
}
