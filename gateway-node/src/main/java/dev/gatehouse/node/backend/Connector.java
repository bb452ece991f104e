package dev.gatehouse.node.backend;

import dev.gatehouse.db.store.OwnStores;
import dev.gatehouse.node.backend.UpstreamFailure.Kind;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;

/** Opens connections. */
final class Connector {

    private final TlsContexts contexts;
    private final OwnStores stores;

    Connector(TlsContexts contexts) {
        this(contexts, OwnStores.NONE);
    }

    /** @param stores never connected to, whatever a service's targets say */
    Connector(TlsContexts contexts, OwnStores stores) {
        this.contexts = contexts;
        this.stores = stores;
    }

    /**
     * As below, where that was not refused a moment ago.
     *
     * @param absence of that destination
     * @param due when it must be open, on the clock of {@link System#nanoTime}
     */
    UpstreamConnection open(Destination to, Absence absence, long due) throws IOException, UpstreamFailure {
        long began = System.nanoTime();
        var reason = absence.reason(began);
        if (reason != null) {
            throw new UpstreamFailure(Kind.ABSENT, reason, null);
        }
        try {
            var connection = open(to, Duration.ofNanos(Math.max(0, due - began)));
            absence.over();
            return connection;
        } catch (ConnectException | NoRouteToHostException e) {
            absence.noticed(began, System.nanoTime(), "could not connect to " + to + " a moment ago: " + e);
            throw e;
        }
    }

    /** All within {@code time}, TLS too. */
    UpstreamConnection open(Destination to, Duration time) throws IOException {
        long due = System.nanoTime() + time.toNanos();
        var place = to.place();
        int port = to.origin().port();
        if (stores.listenAt(place, port)) {
            throw new ConnectException("a store of the gateway itself is no service");
        }
        var channel = SocketChannel.open();
        try {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
            channel.socket().connect(new InetSocketAddress(place, port), left(due));
            return new UpstreamConnection(channel, to.origin().tls() ? secure(channel, to, due) : channel.socket());
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private Socket secure(SocketChannel channel, Destination to, long due) throws IOException {
        // the name given here becomes SNI, is what the certificate is checked for, and what a session is found by
        var socket = (SSLSocket) contexts.of(to.tls())
                .getSocketFactory()
                .createSocket(channel.socket(), to.serverName(), to.origin().port(), true);
        var protocol = to.http2() ? "h2" : "http/1.1";
        var parameters = socket.getSSLParameters();
        if (to.tls().verify()) {
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
        }
        parameters.setApplicationProtocols(new String[] {protocol});
        socket.setSSLParameters(parameters);
        socket.setSoTimeout(left(due));
        socket.startHandshake();
        if (to.http2() && !protocol.equals(socket.getApplicationProtocol())) {
            throw new SSLHandshakeException("it does not offer HTTP/2 (ALPN h2)");
        }
        return socket;
    }

    private static int left(long due) throws SocketTimeoutException {
        long millis = TimeUnit.NANOSECONDS.toMillis(due - System.nanoTime());
        if (millis <= 0) {
            throw new SocketTimeoutException("the time to connect is over");
        }
        return (int) Math.min(Integer.MAX_VALUE, millis);
    }
}
