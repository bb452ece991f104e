package dev.gatehouse.node.server;

import io.helidon.common.socket.SocketOptions;
import io.helidon.webserver.CloseConnectionException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketOption;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Where each accepted socket passes before anything is made of it: Helidon lets its socket options configure the channel,
 * on the thread that accepts, and closes the channel when that fails. So whom there is no room for costs an accept and
 * a close.
 */
final class Doorway implements SocketOptions {

    private final SocketOptions options =
            SocketOptions.builder().tcpNoDelay(true).socketKeepAlive(true).build();
    private final Connections connections;
    private final AtomicLong passed = new AtomicLong();
    private volatile int knock;

    Doorway(Connections connections) {
        this.connections = connections;
    }

    /** How many came this way. */
    long passed() {
        return passed.get();
    }

    /** Who comes from that port of this machine wants no more than to see that somebody opens. */
    void expectKnock(int port) {
        knock = port;
    }

    @Override
    public void configureSocket(SocketChannel socket) {
        try {
            passed.incrementAndGet();
            if (isKnock(socket)) {
                throw new CloseConnectionException("a knock");
            }
            if (!connections.admit(socket)) {
                throw new CloseConnectionException("no room");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        options.configureSocket(socket);
    }

    private boolean isKnock(SocketChannel socket) throws IOException {
        return socket.getRemoteAddress() instanceof InetSocketAddress from
                && from.getPort() == knock
                && socket.getLocalAddress() instanceof InetSocketAddress to
                && from.getAddress().equals(to.getAddress());
    }

    @Override
    public Map<SocketOption<?>, Object> socketOptions() {
        return options.socketOptions();
    }

    @Override
    public Duration connectTimeout() {
        return options.connectTimeout();
    }

    @Override
    public Duration readTimeout() {
        return options.readTimeout();
    }

    @Override
    public Optional<Integer> socketReceiveBufferSize() {
        return options.socketReceiveBufferSize();
    }

    @Override
    public Optional<Integer> socketSendBufferSize() {
        return options.socketSendBufferSize();
    }

    @Override
    public boolean socketReuseAddress() {
        return options.socketReuseAddress();
    }

    @Override
    public boolean socketKeepAlive() {
        return options.socketKeepAlive();
    }

    @Override
    public boolean tcpNoDelay() {
        return options.tcpNoDelay();
    }
}
