package dev.gatehouse.node.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class PeerChannelTest {

    /** More than the buffers of a connection hold. */
    private static final int MUCH = 16 << 20;

    private final ByteBuffer room = ByteBuffer.allocate(8);
    private SocketChannel channel;
    private SocketChannel other;
    private PeerChannel peer;

    @BeforeEach
    void connect() throws IOException {
        try (var server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            channel = SocketChannel.open(server.getLocalAddress());
            other = server.accept();
        }
        peer = new PeerChannel(channel);
    }

    @AfterEach
    void close() throws IOException {
        channel.close();
        other.close();
    }

    @Test
    void tellsThatNothingIsHereOnlyToOneWhoIsAlone() throws IOException {
        other.write(ByteBuffer.wrap(new byte[] {1}));
        assertThat(peer.readNow(room)).isZero();

        peer.alone();
        while (peer.readNow(room) == 0) {
            Thread.onSpinWait();
        }
        assertThat(room.position()).isEqualTo(1);
        assertThat(peer.readNow(room)).isZero();
    }

    @Test
    void waitsForWhatIsNotHere() throws IOException {
        peer.alone();
        var read = CompletableFuture.supplyAsync(this::read, Thread::startVirtualThread);
        other.write(ByteBuffer.wrap(new byte[] {1, 2}));

        assertThat(read.join()).isEqualTo(2);
    }

    @Test
    void waitsUntilAllOfItIsTaken() throws IOException {
        peer.alone();
        var received = CompletableFuture.supplyAsync(this::receive, Thread::startVirtualThread);
        peer.write(ByteBuffer.allocate(MUCH));

        assertThat(received.join()).isEqualTo(MUCH);
    }

    @Test
    void takesFromOneWhileAnotherWaits() throws IOException {
        peer.alone();
        peer.shared();
        var read = CompletableFuture.supplyAsync(this::read, Thread::startVirtualThread);
        var received = CompletableFuture.supplyAsync(this::receive, Thread::startVirtualThread);
        peer.write(ByteBuffer.allocate(MUCH));

        assertThat(received.join()).isEqualTo(MUCH);
        assertThat(read).isNotDone();
        other.shutdownOutput();
        assertThat(read.join()).isEqualTo(-1);
    }

    private int read() {
        try {
            return peer.read(room);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private int receive() {
        try {
            int count = 0;
            for (var target = ByteBuffer.allocate(1 << 20); count < MUCH; target.clear()) {
                count += other.read(target);
            }
            return count;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
