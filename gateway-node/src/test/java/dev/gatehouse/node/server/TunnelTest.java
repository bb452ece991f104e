package dev.gatehouse.node.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Response;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TunnelTest {

    private static final String FIELDS = """
            Host: a
            Connection: keep-alive, Upgrade
            Upgrade: WebSocket
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
            Sec-WebSocket-Version: 13
            """;

    private static final String HANDSHAKE = "GET /chat HTTP/1.1\n" + FIELDS + "\n";

    private final AtomicBoolean admitted = new AtomicBoolean(true);
    private final AtomicReference<@Nullable String> upgrade = new AtomicReference<>();
    private ServiceEnd service = new ServiceEnd(60_000);
    private final HttpListener listener = HttpListener.start(Listening.HASTY, this::answer);

    private Response answer(Exchange exchange) {
        var asked = exchange.downstream().upgrade();
        upgrade.set(asked);
        exchange.admittedWhile(admitted::get);
        return exchange.path().equals("/uninvited") || asked != null ? service.accept() : Listening.text("plain");
    }

    @AfterEach
    void stop() {
        listener.close();
        service.close();
    }

    @Test
    void carriesBytesBothWaysOnceTheServiceHasAgreed() {
        try (var client = open()) {
            client.sendRaw("\u0081\u0005hello");
            assertThat(text(service.read(7))).isEqualTo("\u0081\u0005hello");

            service.send(Listening.bytes("\u0081\u0002ok"));
            assertThat(text(client, 4)).isEqualTo("\u0081\u0002ok");
        }
        assertThat(service.ended()).isTrue();
        assertThat(upgrade).hasValue("websocket");
    }

    @Test
    void saysWhatTheConnectionGoesOnWith() {
        try (var client = new RawClient(listener.port())) {
            var head = client.send(HANDSHAKE).head();

            assertThat(head.status()).isEqualTo(101);
            assertThat(head.headers().all("Connection")).containsExactly("Upgrade");
            assertThat(head.headers().all("Upgrade")).containsExactly("websocket");
            assertThat(head.headers().all("Sec-WebSocket-Accept")).containsExactly("yes");
            assertThat(head.headers().contains("Content-Length")).isFalse();
        }
    }

    @Test
    void losesNothingThatCameRightBehindTheHandshake() {
        try (var client = new RawClient(listener.port())) {
            client.send(HANDSHAKE + "GET /smuggled HTTP/1.1\n");

            assertThat(client.head().status()).isEqualTo(101);
            assertThat(text(service.read(24))).isEqualTo("GET /smuggled HTTP/1.1\r\n");
        }
    }

    @Test
    void carriesMuchInBothDirectionsAtOnce() {
        var upload = bytes(8 << 20, 1);
        var download = bytes(8 << 20, 2);
        try (var client = open();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            threads.execute(() -> client.send(upload, upload.length));
            threads.execute(() -> service.send(download));
            var taken = CompletableFuture.supplyAsync(() -> service.read(upload.length), threads);

            assertThat(Arrays.equals(client.bytes(download.length), download)).isTrue();
            assertThat(Arrays.equals(taken.join(), upload)).isTrue();
        }
    }

    @Test
    void letsTheOtherSideFinishWhenOneHasEnded() {
        try (var client = open()) {
            client.sendRaw("bye").endOutput();
            assertThat(text(service.read(10))).isEqualTo("bye");
            service.send(Listening.bytes("goodbye"));
            service.endOutput();

            assertThat(client.rest()).isEqualTo("goodbye");
        }
    }

    @Test
    void doesNotWaitForEverForTheOtherSide() {
        try (var client = open()) {
            service.endOutput();

            assertThat(client.rest()).isEmpty();
            assertThat(service.ended()).isTrue();
        }
    }

    @Test
    void endsWhenNeitherSideHasSaidAnythingForTooLong() {
        service.close();
        service = new ServiceEnd(300);
        try (var client = open()) {
            assertThat(client.rest()).isEmpty();
            assertThat(service.ended()).isTrue();
        }
    }

    @Test
    void endsWithinMomentsWhenTheCallerIsNoLongerAdmitted() {
        try (var client = open()) {
            client.sendRaw("a");
            assertThat(text(service.read(1))).isEqualTo("a");
            admitted.set(false);

            assertThat(client.rest()).isEmpty();
            assertThat(service.ended()).isTrue();
        }
    }

    @Test
    void getsItsTimeWhenTheNodeStopsAndNoMore() throws InterruptedException {
        try (var client = open()) {
            var stopping = Thread.ofVirtual().start(() -> listener.stop(Duration.ofMinutes(5)));
            service.send(Listening.bytes("last words"));

            assertThat(client.rest()).isEqualTo("last words");
            assertThat(service.ended()).isTrue();
            stopping.join();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST / HTTP/1.1\n" + FIELDS + "Content-Length: 0\n\n",
                "GET / HTTP/1.1\n" + FIELDS + "Content-Length: 2\n\nab",
                "GET / HTTP/1.1\n" + FIELDS + "Transfer-Encoding: chunked\n\n0\n\n",
                "GET / HTTP/1.1\n" + FIELDS + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\n\n",
                "GET / HTTP/1.1\nHost: a\nConnection: Upgrade\nUpgrade: websocket\n\n",
                "GET / HTTP/1.1\nHost: a\nConnection: Upgrade\nUpgrade: TLS/1.0\n\n",
                "GET / HTTP/1.0\n" + FIELDS + "\n",
                """
                GET / HTTP/1.1
                Host: a
                Connection: Upgrade
                Upgrade: websocket
                Sec-WebSocket-Version: 13
                Sec-WebSocket-Key: dG9vIHNob3J0

                """,
                """
                GET / HTTP/1.1
                Host: a
                Upgrade: websocket
                Sec-WebSocket-Version: 13
                Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==

                """,
            })
    void takesAnyOtherUpgradeForAnOrdinaryRequest(String request) {
        try (var client = new RawClient(listener.port())) {
            client.send(request);

            assertThat(client.answer().body()).isEqualTo("plain");
            assertThat(upgrade).hasNullValue();
        }
    }

    @Test
    void neverSwitchesWhenTheClientDidNotAsk() {
        var answer = RawClient.ask(listener.port(), "GET /uninvited HTTP/1.1\nHost: a\n\n");

        assertThat(answer.status()).isEqualTo(500);
        await().until(service::ended);
    }

    private RawClient open() {
        var client = new RawClient(listener.port());
        assertThat(client.send(HANDSHAKE).head().status()).isEqualTo(101);
        return client;
    }

    private static byte[] bytes(int count, int seed) {
        var bytes = new byte[count];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static String text(RawClient client, int count) {
        return text(client.bytes(count));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
