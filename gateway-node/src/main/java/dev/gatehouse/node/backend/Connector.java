package dev.gatehouse.node.backend;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;

/** Opens connections. */
final class Connector implements AutoCloseable {

    private final TlsContexts contexts;
    private final Resolver resolver;

    Connector(TlsContexts contexts, Resolver resolver) {
        this.contexts = contexts;
        this.resolver = resolver;
    }

    /** Tries each address of the host in turn, all within {@code time}; a silent one leaves the others their share. */
    UpstreamConnection open(Destination to, Duration time) throws IOException {
        long due = System.nanoTime() + time.toNanos();
        IOException failure = new ConnectException("no address");
        var addresses = resolver.addresses(to.origin().host(), time);
        int untried = addresses.size();
        for (var address : addresses) {
            long now = System.nanoTime();
            try {
                return open(to, address, now + (due - now) / untried--);
            } catch (IOException e) {
                failure = e;
            }
        }
        throw failure;
    }

    @Override
    public void close() {
        resolver.close();
    }

    private UpstreamConnection open(Destination to, InetAddress address, long due) throws IOException {
        var channel = SocketChannel.open();
        try {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
            channel.socket().connect(new InetSocketAddress(address, to.origin().port()), left(due));
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
