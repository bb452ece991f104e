package dev.gatehouse.node.server;

import static dev.gatehouse.node.server.Http2Client.ACK;
import static dev.gatehouse.node.server.Http2Client.DATA;
import static dev.gatehouse.node.server.Http2Client.END_HEADERS;
import static dev.gatehouse.node.server.Http2Client.END_STREAM;
import static dev.gatehouse.node.server.Http2Client.HEADERS;
import static dev.gatehouse.node.server.Http2Client.RST_STREAM;
import static dev.gatehouse.node.server.Http2Client.SETTINGS;
import static dev.gatehouse.node.server.Http2Client.WINDOW_UPDATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.INTEGER;

import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Response;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** WebSockets in a stream of HTTP/2: RFC 8441. */
class Http2WebSocketTest {

    private static final int CANCEL = 8;

    private final AtomicBoolean admitted = new AtomicBoolean(true);
    private final List<Exchange> seen = new CopyOnWriteArrayList<>();
    private final ServiceEnd service = new ServiceEnd(60_000);
    private final HttpListener listener = HttpListener.start(Listening.HASTY, this::answer);

    private Response answer(Exchange exchange) {
        seen.add(exchange);
        exchange.admittedWhile(admitted::get);
        return exchange.path().equals("/chat") ? service.accept() : Listening.text("no socket");
    }

    @AfterEach
    void stop() {
        listener.close();
        service.close();
    }

    @Test
    void areOfferedInTheSettings() {
        try (var client = new Http2Client(listener.port()).preface().settings()) {
            var payload = ByteBuffer.wrap(client.await(frame -> frame.type() == SETTINGS && !frame.has(ACK))
                    .payload());
            var connect = new ArrayList<Integer>();
            while (payload.hasRemaining()) {
                int id = payload.getShort();
                int value = payload.getInt();
                if (id == 8) {
                    connect.add(value);
                }
            }
            assertThat(connect).singleElement(INTEGER).isOne();
        }
    }

    @Test
    void carryBytesBothWaysOnceTheServiceHasAgreed() {
        try (var client = open()) {
            client.data(1, "hello", false);
            assertThat(text(service.read(5))).isEqualTo("hello");

            service.send(Listening.bytes("ok"));
            assertThat(text(client.await(DATA, 1).payload())).isEqualTo("ok");
        }
        assertThat(service.ended()).isTrue();
    }

    @Test
    void lookToAHandlerLikeThoseOfHttp11() {
        try (var client = open()) {
            assertThat(client.fields(1).contains("sec-websocket-accept")).isFalse();
            assertThat(client.fields(1).contains("x-request-id")).isTrue();
        }
        assertThat(seen).singleElement().satisfies(exchange -> {
            assertThat(exchange.method()).isEqualTo("GET");
            assertThat(exchange.version()).isEqualTo("2");
            assertThat(exchange.body().length()).isZero();
            assertThat(exchange.downstream().upgrade()).isEqualTo("websocket");
            assertThat(exchange.headers().all("Sec-WebSocket-Key"))
                    .singleElement()
                    .asString()
                    .matches("[A-Za-z0-9+/]{22}==");
        });
    }

    @Test
    void keepToTheWindowsOfBothSides() {
        var much = "x".repeat(1 << 20);
        try (var client = open();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            threads.execute(() -> {
                service.send(Listening.bytes(much));
                service.endOutput();
            });
            assertThat(client.answer(1).body()).isEqualTo(much);

            for (int sent = 0; sent < 60_000; sent += 12_000) {
                client.data(1, "y".repeat(12_000), false);
            }
            assertThat(service.read(60_000)).hasSize(60_000);
            assertThat(client.await(WINDOW_UPDATE, 1).first()).isGreaterThan(30_000);
        }
    }

    @Test
    void letTheOtherSideFinishWhenOneHasEnded() {
        try (var client = open()) {
            client.data(1, "bye", true);
            assertThat(text(service.read(10))).isEqualTo("bye");
            service.send(Listening.bytes("goodbye"));
            service.endOutput();

            assertThat(client.answer(1).body()).isEqualTo("goodbye");
            assertThat(client.get(3, "/other").answer(3).body()).isEqualTo("no socket");
        }
    }

    @Test
    void endWithTheirStream() {
        try (var client = open()) {
            client.number(RST_STREAM, 1, CANCEL);

            assertThat(service.ended()).isTrue();
            assertThat(client.get(3, "/other").answer(3).status()).isEqualTo(200);
        }
    }

    @Test
    void endWithinMomentsWhenTheCallerIsNoLongerAdmitted() {
        try (var client = open()) {
            admitted.set(false);

            assertThat(client.reset(1)).isEqualTo(CANCEL);
        }
        assertThat(service.ended()).isTrue();
    }

    @Test
    void getTheirTimeWhenTheNodeStopsAndNoMore() throws InterruptedException {
        try (var client = open()) {
            var stopping = Thread.ofVirtual().start(() -> listener.stop(Duration.ofSeconds(20)));
            client.data(1, "late", false);
            assertThat(text(service.read(4))).isEqualTo("late");

            assertThat(client.reset(1)).isEqualTo(CANCEL);
            stopping.join();
        }
    }

    @Test
    void areAnsweredLikeARequestWhereTheyAreNotAgreedTo() {
        try (var client = Http2Client.to(listener)) {
            assertThat(connect(client, 1, "/other", "websocket").answer(1).body())
                    .isEqualTo("no socket");
            assertThat(connect(client, 3, "/chat", "connect-udp").answer(3).status())
                    .isEqualTo(501);
        }
    }

    @Test
    void haveNoLengthAndAreAskedForInOneWay() {
        try (var client = Http2Client.to(listener)) {
            client.frame(HEADERS, END_HEADERS, 1, block("content-length", "3"));
            assertThat(client.reset(1)).isEqualTo(Http2Client.PROTOCOL_ERROR);
            client.frame(
                    HEADERS,
                    END_HEADERS | END_STREAM,
                    3,
                    Http2Client.block(":method", "CONNECT", ":protocol", "websocket", ":authority", "a"));
            assertThat(client.reset(3)).isEqualTo(Http2Client.PROTOCOL_ERROR);
        }
        assertThat(seen).isEmpty();
    }

    private Http2Client open() {
        var client = Http2Client.to(listener);
        assertThat(connect(client, 1, "/chat", "websocket").head(1).first(":status"))
                .hasValue("200");
        return client;
    }

    private static Http2Client connect(Http2Client client, int stream, String path, String protocol) {
        return client.frame(
                HEADERS,
                END_HEADERS,
                stream,
                Http2Client.block(
                        ":method",
                        "CONNECT",
                        ":protocol",
                        protocol,
                        ":scheme",
                        "http",
                        ":path",
                        path,
                        ":authority",
                        "a",
                        "sec-websocket-version",
                        "13"));
    }

    private static byte[] block(String name, String value) {
        return Http2Client.block(
                ":method",
                "CONNECT",
                ":protocol",
                "websocket",
                ":scheme",
                "http",
                ":path",
                "/chat",
                ":authority",
                "a",
                name,
                value);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
