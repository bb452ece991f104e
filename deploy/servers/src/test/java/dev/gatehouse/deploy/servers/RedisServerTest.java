package dev.gatehouse.deploy.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedisServerTest {

    @TempDir
    private Path home = Path.of("");

    @Test
    void keepsItsDataOverKillAndRestart() throws IOException {
        int port = Folders.freePort();
        var server = RedisServer.start(home, port);
        assertThat(ask(port, "SET kept 7")).startsWith("+OK");
        assertThat(ask(port, "WAITAOF 1 0 2000")).isNotBlank();
        server.close();
        try (var again = RedisServer.start(home, port)) {
            assertThat(ask(port, "GET kept")).contains("7");
            again.kill();
            try (var third = again.restart()) {
                assertThat(ask(port, "GET kept")).contains("7");
                assertThat(third.pid()).isNotEqualTo(again.pid());
            }
        }
    }

    @Test
    void takesOverAServerThatWasLeftBehindInItsFolder() throws IOException {
        int port = Folders.freePort();
        var left = RedisServer.start(home, port);
        try (var taken = RedisServer.start(home, port)) {
            assertThat(taken.pid()).isEqualTo(left.pid());
        }
        assertThat(ProcessHandle.of(left.pid()).filter(ProcessHandle::isAlive)).isEmpty();
    }

    @Test
    void namesAPortThatIsTaken() throws IOException {
        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> hangUp(other));
            assertThatThrownBy(() -> RedisServer.start(home, other.getLocalPort()))
                    .isInstanceOf(ServerStartException.class)
                    .hasMessageContaining("Port " + other.getLocalPort());
        }
    }

    @Test
    void listensOnLoopbackOnly() throws IOException {
        assertThat(ask(RedisServer.shared().port(), "CONFIG GET bind"))
                .contains("127.0.0.1")
                .doesNotContain("0.0.0.0");
    }

    private static void hangUp(ServerSocket server) {
        try {
            while (true) {
                server.accept().close();
            }
        } catch (IOException e) {
            // the test is over
        }
    }

    private static String ask(int port, String command) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write((command + "\r\nQUIT\r\n").getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
