package dev.gatehouse.node.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LongestIdleTest {

    /** A connection that has been idle since then. */
    private record Since(long idleSince) implements Watched {

        @Override
        public void check(long now) {}

        @Override
        public void close(boolean interrupt) {}
    }

    private final List<SocketChannel> channels = new ArrayList<>();
    private ServerSocketChannel server;

    @BeforeEach
    void listen() throws IOException {
        server = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    @AfterEach
    void close() throws IOException {
        for (var channel : channels) {
            channel.close();
        }
        server.close();
    }

    private Accepted accepted() throws IOException {
        var channel = SocketChannel.open(server.getLocalAddress());
        channels.add(channel);
        return new Accepted(channel, Long.MAX_VALUE);
    }

    private Accepted idle(long since) throws IOException {
        var accepted = accepted();
        accepted.run(new Since(since));
        return accepted;
    }

    @Test
    void goFirstAndNobodyWhoIsBusyGoes() throws IOException {
        var second = idle(20);
        var busy = idle(Watched.BUSY);
        var beginning = accepted();
        var first = idle(10);
        var third = idle(30);
        var all = List.of(second, busy, beginning, first, third);

        assertThat(Connections.longestIdle(all, 2)).containsExactly(first, second);
        assertThat(Connections.longestIdle(all, 9)).containsExactly(first, second, third);
    }
}
