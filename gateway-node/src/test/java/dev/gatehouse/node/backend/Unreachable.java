package dev.gatehouse.node.backend;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** An address at which no connection can be made. */
final class Unreachable implements AutoCloseable {

    private final Closeable holding;
    private final InetSocketAddress address;
    private final List<SocketChannel> waiting = new ArrayList<>();

    private Unreachable(Closeable holding, SocketAddress address) {
        this.holding = holding;
        this.address = (InetSocketAddress) address;
    }

    /** Says no at once: nothing listens there, and nobody else comes to, as the port is taken. */
    static Unreachable refusing() throws IOException {
        var taken = SocketChannel.open().bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
        return new Unreachable(taken, taken.getLocalAddress());
    }

    /** Says nothing: what listens there does not accept, and its queue is full. */
    static Unreachable silent() throws IOException {
        var server = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"));
        var silent = new Unreachable(server, server.getLocalSocketAddress());
        for (int i = 0; i < 8; i++) {
            var channel = SocketChannel.open();
            channel.configureBlocking(false);
            boolean connected = channel.connect(silent.address);
            silent.waiting.add(channel);
            assert connected || channel.isConnectionPending();
        }
        return silent;
    }

    int port() {
        return address.getPort();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + port());
    }

    @Override
    public void close() throws IOException {
        for (var channel : waiting) {
            channel.close();
        }
        holding.close();
    }
}
