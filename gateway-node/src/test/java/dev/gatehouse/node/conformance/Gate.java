package dev.gatehouse.node.conformance;

import dev.gatehouse.node.backend.Proxies;
import dev.gatehouse.node.backend.UpstreamPools;
import dev.gatehouse.node.backend.UpstreamTerms;
import dev.gatehouse.node.backend.UpstreamTimes;
import dev.gatehouse.node.server.HttpListener;
import dev.gatehouse.node.server.ListenerSettings;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** A listener whose every request goes to one service. */
final class Gate implements AutoCloseable {

    private static final UpstreamTimes PATIENT = new UpstreamTimes(Duration.ofSeconds(5), Duration.ofSeconds(20));

    private final UpstreamPools pools = new UpstreamPools();
    private final HttpListener listener;

    private Gate(URI service) {
        var proxy = Proxies.to(List.of(service), UpstreamTerms.plain(PATIENT), pools);
        listener = HttpListener.start(ListenerSettings.of("127.0.0.1", 0), proxy);
    }

    /** @param port of the service */
    static Gate to(int port) {
        return new Gate(URI.create("http://127.0.0.1:" + port));
    }

    int port() {
        return listener.port();
    }

    @Override
    public void close() {
        listener.close();
        pools.close();
    }
}
