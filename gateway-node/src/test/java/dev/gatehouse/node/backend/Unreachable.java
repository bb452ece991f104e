package dev.gatehouse.node.backend;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** An address at which no connection can be made. */
final class Unreachable implements AutoCloseable {

    private final ServerSocket server;
    private final List<SocketChannel> waiting = new ArrayList<>();

    private Unreachable(ServerSocket server) {
        this.server = server;
    }

    /** Says no at once: nothing listens there. */
    static Unreachable refusing() throws IOException {
        var server = listen();
        server.close();
        return new Unreachable(server);
    }

    /** Says nothing: what listens there does not accept, and its queue is full. */
    static Unreachable silent() throws IOException {
        var silent = new Unreachable(listen());
        for (int i = 0; i < 8; i++) {
            var channel = SocketChannel.open();
            channel.configureBlocking(false);
            boolean connected = channel.connect(silent.server.getLocalSocketAddress());
            silent.waiting.add(channel);
            assert connected || channel.isConnectionPending();
        }
        return silent;
    }

    int port() {
        return server.getLocalPort();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + port());
    }

    @Override
    public void close() throws IOException {
        for (var channel : waiting) {
            channel.close();
        }
        server.close();
    }

    private static ServerSocket listen() throws IOException {
        return new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"));
    }
}
