package dev.gatehouse.node.backend;

import dev.gatehouse.node.exchange.Tunnel;
import dev.gatehouse.node.wire.WireInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;

/** A connection that went on in another protocol. It never comes back to its pool. */
final class UpstreamTunnel implements Tunnel {

    private final UpstreamLease lease;
    private final Duration idle;

    UpstreamTunnel(UpstreamLease lease, Duration idle) {
        this.lease = lease;
        this.idle = idle;
        // whoever carries the bytes sees both directions, and closes when both are silent
        lease.connection().readWithoutEnd();
    }

    /** What came behind the head is its beginning. */
    @Override
    public InputStream in() {
        return new WireInputStream(lease.connection().in());
    }

    @Override
    public OutputStream out() {
        return lease.connection().out();
    }

    @Override
    public void endOutput() throws IOException {
        lease.connection().endOutput();
    }

    @Override
    public long idleMillis() {
        return idle.toMillis();
    }

    @Override
    public void close() {
        lease.discard();
    }
}
