package dev.gatehouse.node.server;

import dev.gatehouse.node.exchange.Handler;
import dev.gatehouse.node.server.tls.TlsHosts;
import dev.gatehouse.node.server.tls.TlsSelector;
import io.helidon.common.buffers.BufferData;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** A listening socket whose requests a handler answers. */
public final class HttpListener implements AutoCloseable {

    /** How long connections that were closed by force may take to end. */
    private static final Duration FORCED = Duration.ofSeconds(5);

    private final WebServer server;
    private final Connections connections;

    private HttpListener(WebServer server, Connections connections) {
        this.server = server;
        this.connections = connections;
    }

    /** @throws IllegalStateException when the address cannot be bound; the message says why */
    public static HttpListener start(ListenerSettings settings, Handler handler) {
        return start(settings, handler, http -> http);
    }

    /**
     * Takes TLS instead of clear text.
     *
     * @throws IllegalStateException when the address cannot be bound; the message says why
     */
    public static HttpListener start(ListenerSettings settings, Handler handler, TlsHosts hosts) {
        return start(settings, handler, http -> new TlsSelector(hosts, List.of(http), settings.head()));
    }

    private static HttpListener start(
            ListenerSettings settings, Handler handler, UnaryOperator<ServerConnectionSelector> transport) {
        var reader = new ExchangeReader(new Forwarding(TrustedProxies.of(settings.trustedProxies())));
        probe(settings);
        var connections = new Connections();
        var server = WebServer.builder()
                .host(settings.host())
                .port(settings.port())
                .backlog(4096)
                .maxTcpConnections(settings.maxConnections())
                .connectionOptions(options -> options.tcpNoDelay(true).socketKeepAlive(true))
                .writeQueueLength(0)
                // ours is the only way in: nothing that happens to be on the class path adds a protocol or an endpoint
                .featuresDiscoverServices(false)
                .protocolsDiscoverServices(false)
                .addConnectionSelector(transport.apply(new Selector(settings, reader, handler, connections)))
                // stop() decides; Helidon only has to wait for it
                .shutdownGracePeriod(Duration.ofDays(1))
                .shutdownHook(false)
                .build()
                .start();
        // a failed bind is only logged
        if (!server.isRunning()) {
            connections.close();
            throw new IllegalStateException("Cannot listen on " + address(settings) + ". The log has the reason.");
        }
        return new HttpListener(server, connections);
    }

    public int port() {
        return server.port();
    }

    /** Takes no new connection, closes idle ones, lets running exchanges finish for at most {@code grace}. */
    public void stop(Duration grace) {
        connections.drain();
        var stopping =
                Thread.ofPlatform().daemon().name("gatehouse-listener-stop").start(server::stop);
        try {
            if (!stopping.join(grace)) {
                connections.abort();
                stopping.join(FORCED);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        connections.close();
    }

    @Override
    public void close() {
        stop(Duration.ZERO);
    }

    private static void probe(ListenerSettings settings) {
        if (settings.port() == 0) {
            return;
        }
        try (var socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(settings.host(), settings.port()));
        } catch (IOException e) {
            throw new IllegalStateException(
                    "Cannot listen on " + address(settings) + ": " + e.getMessage()
                            + ". Stop the program that has the port, or choose another.",
                    e);
        }
    }

    private static String address(ListenerSettings settings) {
        return settings.host() + ":" + settings.port();
    }

    private record Selector(ListenerSettings settings, ExchangeReader reader, Handler handler, Connections connections)
            implements ServerConnectionSelector {

        @Override
        public int bytesToIdentifyConnection() {
            return 0;
        }

        @Override
        public Support supports(BufferData data) {
            return Support.SUPPORTED;
        }

        @Override
        public Set<String> supportedApplicationProtocols() {
            return Set.of("http/1.1");
        }

        @Override
        public ServerConnection connection(ConnectionContext context) {
            return new HttpConnection(context, settings, reader, handler, connections);
        }
    }
}
