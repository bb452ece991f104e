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
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** Opens connections. */
final class Connector implements AutoCloseable {

    private final SSLContext tls;
    private final Resolver resolver;

    Connector(SSLContext tls, Resolver resolver) {
        this.tls = tls;
        this.resolver = resolver;
    }

    /** Tries each address of the host in turn, all within {@code time}; a silent one leaves the others their share. */
    UpstreamConnection open(Origin origin, Duration time) throws IOException {
        long due = System.nanoTime() + time.toNanos();
        IOException failure = new ConnectException("no address");
        var addresses = resolver.addresses(origin.host(), time);
        int untried = addresses.size();
        for (var address : addresses) {
            long now = System.nanoTime();
            try {
                return open(origin, address, now + (due - now) / untried--);
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

    private UpstreamConnection open(Origin origin, InetAddress address, long due) throws IOException {
        var channel = SocketChannel.open();
        try {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
            channel.socket().connect(new InetSocketAddress(address, origin.port()), left(due));
            return new UpstreamConnection(channel, origin.tls() ? secure(channel, origin, due) : channel.socket());
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private Socket secure(SocketChannel channel, Origin origin, long due) throws IOException {
        // the host given here becomes SNI and is what the certificate is checked for
        var socket =
                (SSLSocket) tls.getSocketFactory().createSocket(channel.socket(), origin.host(), origin.port(), true);
        var parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.setSoTimeout(left(due));
        socket.startHandshake();
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
