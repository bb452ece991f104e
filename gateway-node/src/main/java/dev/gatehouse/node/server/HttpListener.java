package dev.gatehouse.node.server;

import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.node.exchange.Handler;
import dev.gatehouse.node.server.http2.BodyMemory;
import dev.gatehouse.node.server.tls.TlsHosts;
import dev.gatehouse.node.server.tls.TlsSelector;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A listening socket whose requests a handler answers. */
public final class HttpListener implements AutoCloseable {

    /** How long connections that were closed by force may take to end. */
    private static final Duration FORCED = Duration.ofSeconds(5);

    private static final System.Logger LOG = System.getLogger(HttpListener.class.getName());

    private final Room room;
    private final Connections connections;
    private final Entrance entrance;
    private final ServerConnectionSelector selector;
    private final Doorway doorway;
    private final AcceptWatch watch;
    /** A server that has stopped knows its own no longer. */
    private final int port;

    private volatile WebServer server;
    private volatile @Nullable WebServer lost;
    /** Made before it is needed: without descriptors nothing that is new can be made any more. */
    private final Runnable closingLost = this::closeLost;

    private HttpListener(
            ListenerSettings settings,
            Handler handler,
            Consumer<Refusal> refused,
            Function<Entrance, ServerConnectionSelector> transport) {
        room = new Room(settings, Descriptors.ofProcess());
        connections = new Connections(settings.deadlines(), room);
        doorway = new Doorway(connections);
        var reader = new ExchangeReader(new Forwarding(TrustedProxies.of(settings.trustedProxies())));
        entrance = new Entrance(settings, reader, handler, refused, connections, BodyMemory.ofHeap());
        var spoken = transport.apply(entrance);
        selector = settings.proxyProtocol() ? new ProxySelector(spoken, connections) : spoken;
        server = listen(settings.port());
        // a failed bind is only logged
        if (!server.isRunning()) {
            connections.close();
            throw new IllegalStateException("Cannot listen on " + address(settings) + ". The log has the reason.");
        }
        port = server.port();
        watch = new AcceptWatch(doorway, settings.host(), port, this::revive);
    }

    /** @throws IllegalStateException when the address cannot be bound; the message says why */
    public static HttpListener start(ListenerSettings settings, Handler handler) {
        return start(settings, handler, _ -> {});
    }

    /**
     * Tells of what never reaches the handler.
     *
     * @param refused told of each refusal of what is no request, or none that can be handed on; called by many threads
     * @throws IllegalStateException when the address cannot be bound; the message says why
     */
    public static HttpListener start(ListenerSettings settings, Handler handler, Consumer<Refusal> refused) {
        return start(settings, handler, refused, http -> http);
    }

    /**
     * Takes TLS instead of clear text.
     *
     * @throws IllegalStateException when the address cannot be bound; the message says why
     */
    public static HttpListener start(
            ListenerSettings settings, Handler handler, Consumer<Refusal> refused, TlsHosts hosts) {
        return start(
                settings,
                handler,
                refused,
                http -> new TlsSelector(
                        hosts,
                        List.of(http),
                        settings.deadlines().head(),
                        context -> http.connections().of(context).peerChannel()));
    }

    private static HttpListener start(
            ListenerSettings settings,
            Handler handler,
            Consumer<Refusal> refused,
            Function<Entrance, ServerConnectionSelector> transport) {
        probe(settings);
        return new HttpListener(settings, handler, refused, transport);
    }

    private WebServer listen(int port) {
        return WebServer.builder()
                .host(entrance.settings().host())
                .port(port)
                .backlog(4096)
                // Room sheds, where Helidon would leave whoever is one too many waiting
                .maxTcpConnections(-1)
                .connectionOptions(doorway)
                .writeQueueLength(0)
                // its socket for channels holds twice 8 KiB a connection, idle ones too; the other, 8, and we use
                // neither
                .useNio(false)
                // ours is the only way in: nothing that happens to be on the class path adds a protocol or an endpoint
                .featuresDiscoverServices(false)
                .protocolsDiscoverServices(false)
                .addConnectionSelector(selector)
                // stop() decides; Helidon only has to wait for it
                .shutdownGracePeriod(Duration.ofDays(1))
                .shutdownHook(false)
                .build()
                .start();
    }

    /** In place of a server whose accept thread has ended. Its connections live on until their exchange is over. */
    private boolean revive() {
        var gone = server;
        if (!gone.equals(lost)) {
            lost = gone;
            Thread.ofPlatform().daemon().name("gatehouse-listener-lost").start(closingLost);
        }
        try {
            var anew = listen(port);
            if (anew.isRunning()) {
                server = anew;
                return true;
            }
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "Cannot listen anew yet", e);
        }
        return false;
    }

    /** Closes the port where that is open still; then it waits for ever for the thread that has ended. */
    private void closeLost() {
        var gone = lost;
        if (gone != null) {
            gone.stop();
        }
    }

    public int port() {
        return port;
    }

    /** Connections that were closed unanswered because there were too many. */
    public long shed() {
        return room.shed();
    }

    /** Takes no new connection, closes idle ones, lets running exchanges finish for at most {@code grace}. */
    public void stop(Duration grace) {
        watch.close();
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
}
