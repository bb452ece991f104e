package dev.gatehouse.node.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.node.backend.http2.Http2Upstream;
import dev.gatehouse.node.backend.http2.Http2Upstream.Request;
import dev.gatehouse.node.exchange.Body;
import dev.gatehouse.node.exchange.Exchanges;
import dev.gatehouse.node.exchange.Headers;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Bodies both ways over HTTP/2: as they come, and no faster than they are taken. */
class Http2BodiesTest {

    @Test
    void getsABodyAsItComesAndOnlyAsMuchAsItTakes() throws IOException {
        var upload = new PipedOutputStream();
        var body = new StreamedBody(Body.UNKNOWN, new PipedInputStream(upload));
        var pieces = new ArrayList<String>();
        var seen = new CountDownLatch(1);
        try (var upstream = new Http2Upstream(gateway -> {
                    gateway.greet(4, 3);
                    gateway.head();
                    pieces.add(gateway.frame(Http2Upstream.DATA).payload());
                    seen.countDown();
                    gateway.window(1, 4);
                    pieces.add(gateway.frame(Http2Upstream.DATA).payload());
                    gateway.settings(4, 100);
                    pieces.add(gateway.frame(Http2Upstream.DATA).payload());
                    gateway.answer(1, "ok");
                    gateway.rest();
                });
                var proxied = Proxied.http2(upstream)) {
            var answer = CompletableFuture.supplyAsync(
                    () -> proxied.ask(Exchanges.post("/", body)).body(), Thread::startVirtualThread);
            upload.write("hello, world".getBytes(StandardCharsets.US_ASCII));
            upload.close();

            assertThat(answer.join()).isEqualTo("ok");
            assertThat(pieces).containsExactly("hel", "lo, ", "world");
        }
    }

    @Test
    void getsTheLengthAndTheTrailersOfABody() {
        var requests = new ArrayList<Request>();
        try (var upstream = new Http2Upstream(gateway -> {
                    gateway.greet();
                    for (int i = 0; i < 3; i++) {
                        var request = gateway.request();
                        requests.add(request);
                        gateway.answer(request.stream(), "ok");
                    }
                    gateway.rest();
                });
                var proxied = Proxied.http2(upstream)) {
            proxied.ask(Exchanges.post("/", Body.of("text".getBytes(StandardCharsets.US_ASCII))));
            proxied.ask(Exchanges.post("/", Body.empty()));
            proxied.ask(Exchanges.post("/", new Trailed("text", Headers.of("X-Sum", "1", "Host", "evil"))));

            assertThat(requests).extracting("body").containsExactly("text", "", "text");
            assertThat(requests)
                    .extracting(
                            request -> request.head().first("content-length").orElse("none"))
                    .containsExactly("4", "0", "none");
            assertThat(requests.getLast().trailers()).hasToString("[Field[name=x-sum, value=1]]");
        }
    }

    @Test
    void mayAnswerBeforeTheUploadEndsAndIsThenToldToStop() throws IOException {
        var stopped = new CompletableFuture<Integer>();
        try (var upload = new PipedOutputStream();
                var upstream = new Http2Upstream(gateway -> {
                    gateway.greet();
                    gateway.head();
                    gateway.answer(1, "too much");
                    stopped.complete(gateway.frame(Http2Upstream.RST_STREAM).word(0));
                    gateway.answerAll("ok");
                });
                var proxied = Proxied.http2(upstream)) {
            var body = new StreamedBody(1000, new PipedInputStream(upload));

            assertThat(proxied.ask(Exchanges.post("/", body)).body()).isEqualTo("too much");
            assertThat(stopped.join()).as("CANCEL").isEqualTo(8);
            assertThat(proxied.get().body()).isEqualTo("ok");
            assertThat(upstream.connections()).isOne();
        }
    }

    @Test
    void isStoppedByAReaderThatIsSlow() throws IOException {
        var granted = new CompletableFuture<Integer>();
        try (var upstream = new Http2Upstream(gateway -> {
                    gateway.greet();
                    gateway.request();
                    gateway.headers(1, false, ":status", "200");
                    for (int left = 65_535; left > 0; left -= 13_107) {
                        gateway.data(1, "x".repeat(13_107), false);
                    }
                    while (true) {
                        var frame = gateway.frame(Http2Upstream.WINDOW_UPDATE);
                        if (frame.stream() == 1) {
                            granted.complete(frame.word(0));
                            gateway.data(1, "end", true);
                            gateway.rest();
                        }
                    }
                });
                var proxied = Proxied.http2(upstream);
                var response = proxied.start(Exchanges.get("/"))) {
            var in = response.body().stream();
            await().until(() -> in.available() == 65_535);
            assertThat(granted).as("nothing before something was read").isNotDone();

            assertThat(in.readNBytes(40_000)).hasSize(40_000);
            assertThat(granted.join()).isBetween(32_000, 40_000);
            assertThat(in.readAllBytes()).hasSize(25_538);
        }
    }

    @Test
    void isToldWhenTheClientIsGone() {
        var told = new CompletableFuture<Integer>();
        try (var upstream = new Http2Upstream(gateway -> {
                    gateway.greet();
                    gateway.request();
                    gateway.headers(1, false, ":status", "200");
                    gateway.data(1, "x", false);
                    told.complete(gateway.frame(Http2Upstream.RST_STREAM).word(0));
                    gateway.data(1, "on its way already", false);
                    gateway.answerAll("ok");
                });
                var proxied = Proxied.http2(upstream)) {
            proxied.start(Exchanges.get("/")).close();

            assertThat(told.join()).as("CANCEL").isEqualTo(8);
            assertThat(proxied.get().body()).isEqualTo("ok");
            assertThat(upstream.connections()).isOne();
        }
    }
}
