package dev.gatehouse.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.deploy.servers.PostgresServer;
import dev.gatehouse.deploy.servers.RedisServer;
import dev.gatehouse.node.server.RawClient;
import dev.gatehouse.node.wire.HeadLimits;
import dev.gatehouse.node.wire.RequestHead;
import dev.gatehouse.node.wire.WireInput;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A WebSocket through a whole node. Key and answer of the handshake are those of RFC 6455, 1.3. */
class WebSocketNodeTest {

    /** Agrees to every handshake, says what it is told, and a farewell once the caller's side has ended. */
    private static final class Echo implements AutoCloseable {

        private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        private final CompletableFuture<RequestHead> asked = new CompletableFuture<>();
        private final CompletableFuture<Void> ended = new CompletableFuture<>();

        Echo() throws IOException {
            Thread.ofVirtual().start(this::accept);
        }

        private void accept() {
            try {
                while (true) {
                    var socket = server.accept();
                    Thread.ofVirtual().start(() -> talk(socket));
                }
            } catch (IOException e) {
                // closed
            }
        }

        private void talk(Socket socket) {
            try (socket) {
                var in = new WireInput(socket.getInputStream());
                var out = socket.getOutputStream();
                asked.complete(RequestHead.read(in, HeadLimits.REQUEST));
                out.write(bytes("""
                        HTTP/1.1 101 Switching Protocols
                        Upgrade: websocket
                        Connection: Upgrade
                        Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=

                        """.replace("\n", "\r\n")));
                var buffer = new byte[100];
                for (int count; (count = in.read(buffer, 0, buffer.length)) >= 0; ) {
                    out.write(buffer, 0, count);
                }
                out.write(bytes("bye"));
            } catch (IOException e) {
                // the gateway was done first
            } finally {
                ended.complete(null);
            }
        }

        private static byte[] bytes(String text) {
            return text.getBytes(StandardCharsets.US_ASCII);
        }

        @Override
        public void close() throws IOException {
            server.close();
        }
    }

    private Echo service;
    private Site site;
    private Main node;
    private String key;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException {
        service = new Echo();
        site = new Site(PostgresServer.shared(), RedisServer.shared().url(), folder);
        node = site.start("first");
        key = site.configure("""
                services: { chat: { targets: [ "http://127.0.0.1:%d" ] } }
                consumers: { web-shop: { keys: [ demo ] } }
                routes:
                  chat:
                    match: { path: /chat }
                    policies: [ { rate-limit: { requests: 1, window: 1m, per: consumer } } ]
                    forward: { service: chat }
                """.formatted(service.server.getLocalPort()));
    }

    @AfterEach
    void stop() throws IOException {
        site.close();
        service.close();
    }

    @Test
    void needsAKeyAndKeepsToItsLimit() throws Exception {
        assertThat(RawClient.ask(node.port(), handshake("")).status()).isEqualTo(401);
        try (var client = open()) {
            client.sendRaw("hello");
            assertThat(text(client, 5)).isEqualTo("hello");

            assertThat(RawClient.ask(node.port(), handshake("X-API-Key: " + key + "\n"))
                            .status())
                    .isEqualTo(429);
        }
        assertThat(service.asked.get().headers().contains("X-API-Key")).isFalse();
        service.ended.get();
    }

    @Test
    void endsWhenItsKeyIsRevoked() throws Exception {
        try (var client = open()) {
            site.revoke(key.substring("gk_live_".length(), "gk_live_".length() + 8));

            client.rest();
        }
        service.ended.get();
    }

    @Test
    void endsWhenItsRouteIsGone() throws Exception {
        try (var client = open()) {
            site.configure("services: { other: { targets: [ \"http://127.0.0.1:9\" ] } }\n");

            client.rest();
        }
        service.ended.get();
    }

    @Test
    void letsTheServiceFinishWhenTheCallerHasEndedItsSide() {
        try (var client = open()) {
            client.sendRaw("hello").endOutput();

            assertThat(client.rest()).isEqualTo("hellobye");
        }
    }

    private RawClient open() {
        var client = new RawClient(node.port());
        assertThat(client.send(handshake("X-API-Key: " + key + "\n")).head().status())
                .isEqualTo(101);
        return client;
    }

    private static String handshake(String fields) {
        return """
                GET /chat HTTP/1.1
                Host: a
                Connection: Upgrade
                Upgrade: websocket
                Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
                Sec-WebSocket-Version: 13
                """ + fields + "\n";
    }

    private static String text(RawClient client, int count) {
        return new String(client.bytes(count), StandardCharsets.US_ASCII);
    }
}
