package dev.gatehouse.node.server;

import static dev.gatehouse.node.server.Listening.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.node.exchange.Body;
import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.exchange.Response;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ConnectionTest {

    private static final String GET = "GET / HTTP/1.1\nHost: a\n\n";

    @Test
    void servesRequestsThatWereSentTogetherInTheirOrder() {
        try (var listener = Listening.to(exchange -> text(exchange.path() + Listening.read(exchange)));
                var client = new RawClient(listener.port())) {
            client.send("GET /1 HTTP/1.1\nHost: a\n\n"
                    + "POST /2 HTTP/1.1\nHost: a\nContent-Length: 3\n\nabc"
                    + "POST /3 HTTP/1.1\nHost: a\nTransfer-Encoding: chunked\n\n2\nde\n0\nX: y\n\n\n"
                    + "GET /4 HTTP/1.1\nHost: a\n\n");

            assertThat(client.answer().body()).isEqualTo("/1");
            assertThat(client.answer().body()).isEqualTo("/2abc");
            assertThat(client.answer().body()).isEqualTo("/3de");
            assertThat(client.answer().body()).isEqualTo("/4");
        }
    }

    @Test
    void closesWhenTheClientAsksForIt() {
        try (var listener = Listening.to(exchange -> text("ok"));
                var client = new RawClient(listener.port())) {
            client.send("GET / HTTP/1.1\nHost: a\nConnection: x, Close\n\n" + GET);

            assertThat(client.answer().header("Connection")).isEqualTo("close");
            assertThat(client.rest()).isEmpty();
        }
    }

    @Test
    void speaksToHttp10() {
        try (var listener = Listening.to(exchange ->
                exchange.path().equals("/stream") ? answer(new StreamedBody(Body.UNKNOWN, "streamed")) : text("ok"))) {
            var plain = RawClient.ask(listener.port(), "GET / HTTP/1.0\n\n");
            assertThat(plain.body()).isEqualTo("ok");
            assertThat(plain.header("Connection")).isEqualTo("close");

            var streamed = RawClient.ask(listener.port(), "GET /stream HTTP/1.0\nConnection: keep-alive\n\n");
            assertThat(streamed.headers().contains("Transfer-Encoding")).isFalse();
            assertThat(streamed.body()).isEqualTo("streamed");
        }
    }

    @Test
    void sendsEachPieceOfAStreamAsItComes() throws IOException {
        var events = new PipedOutputStream();
        var source = new PipedInputStream(events);
        try (var listener = Listening.to(exchange -> answer(new StreamedBody(Body.UNKNOWN, source)));
                var client = new RawClient(listener.port())) {
            client.send(GET);
            var head = client.head();
            var body = client.body(head, "GET");
            for (var event : new String[] {"data: 1\n\n", "data: 2\n\n"}) {
                events.write(event.getBytes(StandardCharsets.US_ASCII));
                events.flush();
                assertThat(body.readNBytes(event.length()))
                        .asString(StandardCharsets.US_ASCII)
                        .isEqualTo(event);
            }
            events.close();
            assertThat(body.read()).isEqualTo(-1);
        }
    }

    @Test
    void neverEndsATruncatedBodyCleanly() {
        for (long length : new long[] {Body.UNKNOWN, 100}) {
            try (var listener = Listening.to(exchange -> answer(StreamedBody.cutShort(length, 10)));
                    var client = new RawClient(listener.port())) {
                client.send(GET);
                var head = client.head();

                assertThat(client.rest()).contains("x").doesNotContain("0\r\n\r\n");
                assertThat(head.status()).isEqualTo(200);
            }
        }
    }

    @Test
    void neverSendsMoreOrLessThanTheLengthItPromised() {
        try (var listener = Listening.to(
                        exchange -> answer(new StreamedBody(exchange.path().equals("/more") ? 2 : 20, "abcd")));
                var client = new RawClient(listener.port())) {
            client.send("GET /more HTTP/1.1\nHost: a\n\nGET /less HTTP/1.1\nHost: a\n\n");

            assertThat(client.answer().body()).isEqualTo("ab");
            assertThatThrownBy(client::answer).hasMessageContaining("short");
        }
    }

    @Test
    void closesTheBodyWhenTheClientIsGone() {
        var endless = StreamedBody.endless();
        try (var listener = Listening.to(exchange -> answer(endless))) {
            var client = new RawClient(listener.port());
            client.send(GET).head();
            client.abort();

            await().until(endless::closed);
        }
    }

    @Test
    void letsARunningExchangeFinishWhenItStops() throws InterruptedException {
        var arrived = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var listener = Listening.to(exchange -> {
            if (exchange.path().equals("/slow")) {
                arrived.countDown();
                awaitUninterrupted(goOn);
            }
            return text("done");
        });
        try (var idle = new RawClient(listener.port());
                var busy = new RawClient(listener.port())) {
            idle.send(GET).answer();
            busy.send("GET /slow HTTP/1.1\nHost: a\n\n");
            arrived.await();
            var stopping = Thread.ofVirtual().start(() -> listener.stop(Duration.ofSeconds(30)));

            assertThat(idle.rest()).isEmpty();
            await().untilAsserted(() -> assertThatThrownBy(() -> RawClient.ask(listener.port(), GET))
                    .isNotNull());
            assertThat(stopping.isAlive()).isTrue();
            goOn.countDown();

            var answer = busy.answer();
            assertThat(answer.body()).isEqualTo("done");
            assertThat(answer.header("Connection")).isEqualTo("close");
            stopping.join();
        }
    }

    @Test
    void doesNotWaitForEverWhenItStops() throws InterruptedException {
        var arrived = new CountDownLatch(1);
        var interrupted = new CountDownLatch(1);
        var listener = Listening.to(exchange -> {
            arrived.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
            return text("late");
        });
        try (var client = new RawClient(listener.port())) {
            client.send(GET);
            arrived.await();

            listener.stop(Duration.ofMillis(100));

            interrupted.await();
            assertThat(client.rest()).isEmpty();
        }
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Response answer(Body body) {
        return new Response(200, new Headers(), body);
    }
}
