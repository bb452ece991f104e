package dev.gatehouse.node.backend;

import static dev.gatehouse.node.backend.http2.Http2Upstream.answering;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.node.backend.http2.Http2Upstream;
import dev.gatehouse.node.backend.http2.Http2Upstream.Request;
import dev.gatehouse.node.exchange.Body;
import dev.gatehouse.node.exchange.Downstream;
import dev.gatehouse.node.exchange.Exchanges;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A service that is asked over HTTP/2: what it gets, and what of its answers is handed on. */
class Http2Test {

    private static final Downstream FULL = new Downstream((_, _) -> {}, true, null);

    @Test
    void getsTheRequestInItsFields() {
        var request = new CompletableFuture<Request>();
        try (var upstream = new Http2Upstream(gateway -> {
                    gateway.greet();
                    request.complete(gateway.request());
                    gateway.answer(1, "ok");
                    gateway.rest();
                });
                var proxied = Proxied.http2(upstream)) {
            var exchange = Exchanges.over(
                    FULL,
                    "GET",
                    "/users/7?full=yes",
                    Body.empty(),
                    "Accept",
                    "*/*",
                    "x-CASE",
                    "\u00e9",
                    "Connection",
                    "X-Mine",
                    "X-Mine",
                    "1",
                    "Host",
                    "evil",
                    "Expect",
                    "100-continue");

            assertThat(proxied.ask(exchange).body()).isEqualTo("ok");
            assertThat(request.join().head())
                    .extracting(field -> field.name() + ": " + field.value())
                    .containsExactly(
                            ":method: GET",
                            ":scheme: http",
                            ":authority: 127.0.0.1:" + upstream.port(),
                            ":path: /users/7?full=yes",
                            "accept: */*",
                            "x-case: \u00e9",
                            "x-forwarded-for: 203.0.113.5",
                            "x-forwarded-proto: https",
                            "x-forwarded-host: api.example:8443",
                            "forwarded: for=203.0.113.5;host=\"api.example:8443\";proto=https",
                            "x-request-id: request-1",
                            "te: trailers");
        }
    }

    @Test
    void givesHeadBodyAndTrailers() {
        try (var upstream = new Http2Upstream(gateway -> {
                    gateway.greet();
                    gateway.request();
                    gateway.headers(
                            1, false, ":status", "201", "set-cookie", "a=1", "set-cookie", "b=2", "x", " \u00e9 ");
                    gateway.data(1, "he", false);
                    gateway.data(1, "llo", false);
                    gateway.headers(1, true, "grpc-status", "0", "content-length", "7");
                    gateway.rest();
                });
                var proxied = Proxied.http2(upstream);
                var response = proxied.start(Exchanges.get("/"))) {
            assertThat(response.status()).isEqualTo(201);
            assertThat(response.headers())
                    .extracting(field -> field.name() + ": " + field.value())
                    .containsExactly("set-cookie: a=1", "set-cookie: b=2", "x: \u00e9");
            assertThat(response.body().trailers()).isEmpty();
            assertThat(Proxied.read(response)).isEqualTo("hello");
            assertThat(response.body().trailers()).hasToString("[Field[name=grpc-status, value=0]]");
        }
    }

    @Test
    void givesInterimAnswersBeforeTheFinalOne() {
        var interim = new ArrayList<String>();
        var downstream = new Downstream((status, headers) -> interim.add(status + " " + headers), false, null);
        try (var upstream = new Http2Upstream(gateway -> {
                    gateway.greet();
                    gateway.request();
                    gateway.headers(1, false, ":status", "100");
                    gateway.headers(1, false, ":status", "103", "link", "</a>");
                    gateway.answer(1, "ok");
                    gateway.rest();
                });
                var proxied = Proxied.http2(upstream)) {
            assertThat(proxied.ask(Exchanges.over(downstream, "GET", "/", Body.empty()))
                            .body())
                    .isEqualTo("ok");
            assertThat(interim).containsExactly("103 [Field[name=link, value=</a>]]");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "HEAD, 200, true",
        "HEAD, 200, false",
        "GET, 204, true",
        "GET, 204, false",
        "GET, 304, true",
        "GET, 304, false"
    })
    void givesNoBodyWhereThereIsNone(String method, String status, boolean atOnce) {
        try (var upstream = new Http2Upstream(gateway -> {
                    gateway.greet();
                    while (true) {
                        int stream = gateway.request().stream();
                        gateway.headers(stream, atOnce, ":status", status, "content-length", "5");
                        if (!atOnce) {
                            gateway.data(stream, "", true);
                        }
                    }
                });
                var proxied = Proxied.http2(upstream)) {
            var answer = proxied.ask(Exchanges.of(method, "/"));

            assertThat(answer.status()).hasToString(status);
            assertThat(answer.body()).isEmpty();
            assertThat(answer.headers().first("content-length")).contains("5");
            assertThat(proxied.ask(Exchanges.of(method, "/")).status()).hasToString(status);
            assertThat(upstream.connections()).isOne();
        }
    }

    @Test
    void sharesAConnectionBetweenRequestsAndAnswersInAnyOrder() throws IOException {
        try (var upstream = new Http2Upstream(gateway -> {
                    gateway.greet();
                    int first = gateway.request().stream();
                    int second = gateway.request().stream();
                    gateway.headers(second, false, ":status", "200");
                    gateway.headers(first, false, ":status", "200");
                    gateway.data(second, "second", true);
                    gateway.data(first, "first", true);
                    gateway.rest();
                });
                var proxied = Proxied.http2(upstream)) {
            var one = CompletableFuture.supplyAsync(() -> proxied.get().body(), Thread::startVirtualThread);
            var other = CompletableFuture.supplyAsync(() -> proxied.get().body(), Thread::startVirtualThread);

            assertThat(new String[] {one.join(), other.join()}).containsExactlyInAnyOrder("first", "second");
            assertThat(upstream.connections()).isOne();
        }
    }

    @Test
    void getsNoMoreStreamsThanItAllowsAndThenAnotherConnection() {
        var go = new CountDownLatch(2);
        try (var upstream = new Http2Upstream(gateway -> {
                    gateway.greet(3, 1);
                    int stream = gateway.request().stream();
                    go.countDown();
                    go.await();
                    gateway.answer(stream, "ok");
                    gateway.answerAll("ok");
                });
                var proxied = Proxied.http2(upstream)) {
            var one = CompletableFuture.supplyAsync(() -> proxied.get().body(), Thread::startVirtualThread);
            var other = CompletableFuture.supplyAsync(() -> proxied.get().body(), Thread::startVirtualThread);

            assertThat(one.join()).isEqualTo("ok");
            assertThat(other.join()).isEqualTo("ok");
            assertThat(upstream.connections()).isEqualTo(2);
            assertThat(proxied.get().body()).isEqualTo("ok");
            assertThat(upstream.connections()).isEqualTo(2);
        }
    }

    @Test
    void mayPadAndCutUpWhatItSays() {
        try (var upstream = new Http2Upstream(gateway -> {
                    gateway.greet(99, 7, 1, 0, 5, 1 << 20);
                    gateway.request();
                    var block = Http2Upstream.Peer.block(":status", "200", "x", "y".repeat(100));
                    gateway.send(
                            Http2Upstream.HEADERS,
                            0x28,
                            1,
                            (byte) 2,
                            (byte) 0,
                            (byte) 0,
                            (byte) 0,
                            (byte) 0,
                            (byte) 9,
                            block[0],
                            (byte) 0,
                            (byte) 0);
                    gateway.send(Http2Upstream.CONTINUATION, 0, 1, Arrays.copyOfRange(block, 1, 20));
                    gateway.send(Http2Upstream.CONTINUATION, 4, 1, Arrays.copyOfRange(block, 20, block.length));
                    gateway.send(77, 0, 1, (byte) 1);
                    gateway.send(
                            Http2Upstream.DATA, 9, 1, (byte) 3, (byte) 'o', (byte) 'k', (byte) 0, (byte) 0, (byte) 0);
                    gateway.rest();
                });
                var proxied = Proxied.http2(upstream)) {
            var answer = proxied.get();
            assertThat(answer.body()).isEqualTo("ok");
            assertThat(answer.headers().first("x")).contains("y".repeat(100));
        }
    }

    @Test
    void isAnsweredWhenItPings() {
        var pong = new CompletableFuture<String>();
        try (var upstream = new Http2Upstream(gateway -> {
                    gateway.greet();
                    gateway.request();
                    gateway.send(Http2Upstream.PING, 0, 0, "whoareyo".getBytes(StandardCharsets.US_ASCII));
                    var frame = gateway.frame(Http2Upstream.PING);
                    pong.complete(frame.flags() + frame.payload());
                    gateway.answer(1, "ok");
                    gateway.rest();
                });
                var proxied = Proxied.http2(upstream)) {
            assertThat(proxied.get().body()).isEqualTo("ok");
            assertThat(pong.join()).isEqualTo("1whoareyo");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void isAskedElsewhereWhenItDidNothingWithTheRequest(boolean goingAway) {
        var asked = new ArrayList<String>();
        try (var upstream = new Http2Upstream(
                        gateway -> {
                            gateway.greet();
                            asked.add(gateway.request().head().first(":method").orElse(""));
                            if (goingAway) {
                                gateway.goAway(0, 0);
                            } else {
                                gateway.reset(1, 7);
                            }
                            gateway.answerAll("ok");
                        },
                        answering("ok"));
                var proxied = Proxied.http2(upstream)) {
            assertThat(proxied.ask(Exchanges.post("/", Body.empty())).body()).isEqualTo("ok");
            assertThat(asked).containsExactly("POST");
            assertThat(upstream.connections()).isEqualTo(2);
        }
    }

    @Test
    void finishesWhatItHasBegunWhenItGoesAway() throws IOException {
        try (var upstream = new Http2Upstream(
                        gateway -> {
                            gateway.greet();
                            gateway.request();
                            gateway.headers(1, false, ":status", "200");
                            gateway.goAway(1, 0);
                            gateway.data(1, "first", true);
                            gateway.rest();
                        },
                        answering("ok"));
                var proxied = Proxied.http2(upstream)) {
            try (var response = proxied.start(Exchanges.get("/"))) {
                assertThat(Proxied.read(response)).isEqualTo("first");
            }
            await().until(() -> upstream.ended() == 1);
            assertThat(proxied.get().body()).isEqualTo("ok");
        }
    }

    @Test
    void isCutOffForTheClientWhenItResetsTheStream() throws IOException {
        try (var upstream = new Http2Upstream(gateway -> {
                    gateway.greet();
                    gateway.request();
                    gateway.headers(1, false, ":status", "200");
                    gateway.data(1, "hello", false);
                    gateway.reset(1, 2);
                    gateway.answerAll("ok");
                });
                var proxied = Proxied.http2(upstream);
                var response = proxied.start(Exchanges.get("/"))) {
            var in = response.body().stream();
            assertThat(in.readNBytes(5)).asString().isEqualTo("hello");
            assertThatIOException().isThrownBy(in::read).withMessageContaining("INTERNAL_ERROR");
            assertThat(proxied.get().body()).isEqualTo("ok");
            assertThat(upstream.connections()).isOne();
        }
    }

    @Test
    void isNotAskedForAWebSocket() {
        try (var upstream = new Http2Upstream(answering("ok"));
                var proxied = Proxied.http2(upstream)) {
            var downstream = new Downstream((_, _) -> {}, false, "websocket");
            var exchange = Exchanges.over(
                    downstream, "GET", "/", Body.empty(), "Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
            assertThat(proxied.ask(exchange).body()).isEqualTo("ok");
        }
    }
}
