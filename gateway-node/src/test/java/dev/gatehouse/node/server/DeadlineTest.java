package dev.gatehouse.node.server;

import static dev.gatehouse.node.server.Listening.ANY_PORT;
import static dev.gatehouse.node.server.Listening.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.node.exchange.Body;
import dev.gatehouse.node.exchange.Handler;
import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.exchange.Response;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No client keeps a connection for longer than it keeps to its times. */
class DeadlineTest {

    private static final String GET = "GET / HTTP/1.1\nHost: a\n\n";
    private static final String POST = "POST / HTTP/1.1\nHost: a\nContent-Length: 100000\n\n";
    private static final Duration SHORT = Duration.ofMillis(300);

    @ParameterizedTest
    @ValueSource(strings = {"", GET})
    void closesAConnectionThatAsksForNothing(String before) {
        try (var listener = listen(Deadlines.DEFAULT.withIdle(SHORT), _ -> text("ok"));
                var client = new RawClient(listener.port())) {
            client.send(before);

            assertThat(client.rest()).doesNotContain(" 408 ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"G", "GET / HTTP/1.1\n", "GET / HTTP/1.1\nHost: a\n"})
    void tellsWhoSendsTheHeadTooSlowly(String begin) {
        try (var listener = listen(Deadlines.DEFAULT.withHead(SHORT), _ -> text("ok"));
                var client = new RawClient(listener.port())) {
            client.send(GET).answer();
            client.send(begin);

            var answer = client.answer();
            assertThat(answer.status()).isEqualTo(408);
            assertThat(answer.header("Connection")).isEqualTo("close");
            assertThat(client.rest()).isEmpty();
        }
    }

    @Test
    void letsNoHeadDripForLongerThanItsTime() {
        try (var listener = listen(Deadlines.DEFAULT.withHead(SHORT), _ -> text("ok"));
                var client = new RawClient(listener.port());
                var _ = new Dripping(20, () -> client.send("GET /"))) {
            assertThat(client.answer().status()).isEqualTo(408);
        }
    }

    @Test
    void tellsWhoSendsNoMoreOfTheBody() {
        try (var listener = listen(Deadlines.DEFAULT.withStall(SHORT), Listening::echo);
                var client = new RawClient(listener.port())) {
            client.send(POST + "hel");

            var answer = client.answer();
            assertThat(answer.status()).isEqualTo(408);
            assertThat(answer.header("Connection")).isEqualTo("close");
            assertThat(client.rest()).isEmpty();
        }
    }

    @Test
    void tellsWhoSendsTheBodyMoreSlowlyThanTheMinimumRate() {
        try (var listener = listen(Deadlines.DEFAULT.withUpload(SHORT, 1_000), Listening::echo);
                var client = new RawClient(listener.port())) {
            client.send(POST);
            try (var _ = new Dripping(20, () -> client.send("x"))) {
                assertThat(client.answer().status()).isEqualTo(408);
            }
        }
    }

    @Test
    void letsABodyTakeItsTimeAsLongAsItKeepsTheRate() {
        try (var listener = listen(Deadlines.DEFAULT.withUpload(SHORT, 1_000), Listening::echo);
                var client = new RawClient(listener.port())) {
            // what comes with the head is a reserve of four seconds, should this machine look away
            client.send(POST + "x".repeat(4_000));
            try (var _ = new Dripping(50, () -> client.sendRaw("x".repeat(4_000)))) {
                assertThat(client.answer().body()).hasSize(100_000);
            }
        }
    }

    @Test
    void abortsTheAnswerWhenTheBodyItIsMadeOfStops() {
        try (var listener = listen(
                        Deadlines.DEFAULT.withStall(SHORT),
                        exchange -> new Response(
                                200, new Headers(), new StreamedBody(Body.UNKNOWN, exchange.body().stream())));
                var client = new RawClient(listener.port())) {
            client.send(POST + "hel");

            assertThat(client.head().status()).isEqualTo(200);
            assertThat(client.rest()).contains("hel").doesNotContain("0\r\n\r\n");
        }
    }

    @Test
    void letsNoUploadTakeLongerThanTheWholeRequestMay() {
        Handler handler = exchange -> {
            exchange.answerWithin(SHORT);
            return Listening.echo(exchange);
        };
        try (var listener = listen(Deadlines.DEFAULT, handler);
                var client = new RawClient(listener.port())) {
            client.send(POST);
            try (var _ = new Dripping(20, () -> client.sendRaw("x".repeat(100)))) {
                assertThat(client.answer().status()).isEqualTo(408);
            }
        }
    }

    @Test
    void doesNotCountTheTimeInWhichNobodyReadsTheBody() {
        var go = new AtomicBoolean();
        Handler handler = exchange -> {
            await().untilTrue(go);
            return Listening.echo(exchange);
        };
        var second = Duration.ofSeconds(1);
        try (var listener = listen(Deadlines.DEFAULT.withUpload(second, 1_000).withStall(second), handler);
                var client = new RawClient(listener.port())) {
            client.send(POST);
            await().pollDelay(second.multipliedBy(2)).until(() -> true);
            go.set(true);

            assertThat(client.sendRaw("x".repeat(100_000)).answer().status()).isEqualTo(200);
        }
    }

    @Test
    void cutsOffWhoDoesNotReadTheAnswer() {
        var endless = StreamedBody.endless();
        try (var listener = listen(Deadlines.DEFAULT.withStall(SHORT), _ -> answer(endless));
                var client = new RawClient(listener.port())) {
            client.send(GET);

            await().until(endless::closed);
        }
    }

    @Test
    void cutsOffWhoReadsTheAnswerByteByByte() {
        var endless = StreamedBody.endless();
        try (var listener = listen(Deadlines.DEFAULT.withStall(Duration.ofSeconds(1)), _ -> answer(endless));
                var client = new RawClient(listener.port())) {
            client.send(GET);
            try (var _ = new Dripping(20, () -> client.bytes(1))) {
                await().until(endless::closed);
            }
        }
    }

    private static HttpListener listen(Deadlines deadlines, Handler handler) {
        return HttpListener.start(ANY_PORT.withDeadlines(deadlines), handler);
    }

    private static Response answer(Body body) {
        return new Response(200, new Headers(), body);
    }
}
