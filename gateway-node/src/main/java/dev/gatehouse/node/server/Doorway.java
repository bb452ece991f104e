package dev.gatehouse.node.server;

import io.helidon.common.socket.SocketOptions;
import io.helidon.webserver.CloseConnectionException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketOption;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Where each accepted socket passes before anything is made of it: Helidon lets its socket options configure the channel,
 * on the thread that accepts, and closes the channel when that fails. So whom there is no room for costs an accept and
 * a close.
 */
final class Doorway implements SocketOptions {

    private final SocketOptions options =
            SocketOptions.builder().tcpNoDelay(true).socketKeepAlive(true).build();
    private final Connections connections;

    Doorway(Connections connections) {
        this.connections = connections;
    }

    @Override
    public void configureSocket(SocketChannel socket) {
        try {
            if (!connections.admit(socket)) {
                throw new CloseConnectionException("no room");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        options.configureSocket(socket);
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
