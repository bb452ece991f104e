package dev.gatehouse.node.backend;

import static dev.gatehouse.node.backend.ScriptedUpstream.OK;
import static dev.gatehouse.node.backend.ScriptedUpstream.butThenSilence;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.node.exchange.Body;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Exchanges;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An exchange that has to be answered within its own time, before services that may take twenty seconds. */
class DeadlineTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1 200", "HTTP/1.1 103 Early Hints\n\n"})
    void endsItWhenTheServiceIsTooSlow(String begun) {
        try (var upstream = new ScriptedUpstream(butThenSilence(begun));
                var proxied = Proxied.to(upstream)) {
            assertThat(proxied.ask(hasty(Exchanges.get("/"))).refusal()).contains(Refusal.DEADLINE_EXCEEDED);
            await().until(() -> upstream.ended() == 1);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {10, Body.UNKNOWN})
    void endsItAsTheClientsFaultWhenTheUploadIsTooSlow(long length) throws IOException {
        try (var upload = new PipedOutputStream();
                var upstream = ScriptedUpstream.answering(OK);
                var proxied = Proxied.to(upstream)) {
            var body = new StreamedBody(length, new PipedInputStream(upload));

            assertThat(proxied.ask(hasty(Exchanges.post("/", body))).refusal()).contains(Refusal.REQUEST_TIMEOUT);
            await().until(() -> upstream.ended() == 1);
        }
    }

    @Test
    void endsItWhenNoConnectionIsMadeInTime() throws IOException {
        try (var silent = Unreachable.silent();
                var proxied = new Proxied(
                        PoolLimits.DEFAULT, Proxied.PATIENT, List.of(silent.url(), silent.url(), silent.url()))) {
            assertThat(proxied.ask(hasty(Exchanges.get("/"))).refusal()).contains(Refusal.DEADLINE_EXCEEDED);
        }
    }

    @Test
    void tellsTheServiceWhatIsLeftOnceThereIsAConnection() throws InterruptedException {
        var terms = UpstreamTerms.plain(Proxied.PATIENT).telling("X-Time-Left");
        try (var upstream = ScriptedUpstream.answering(OK);
                var proxied = Proxied.to(Proxied.ONE, terms, upstream)) {
            var exchange = Exchanges.get("/");
            exchange.answerWithin(Duration.ofSeconds(30));
            long left;
            Thread waiting;
            try (var running = proxied.start(Exchanges.get("/"))) {
                assertThat(running.status()).isEqualTo(200);
                waiting = Thread.ofVirtual().start(() -> proxied.ask(exchange));
                await().until(() -> waiting.getState() == Thread.State.TIMED_WAITING);
                left = exchange.nanosLeft();
            }
            waiting.join();

            var told = upstream.requests().getLast().headers().first("X-Time-Left");
            assertThat(told)
                    .hasValueSatisfying(
                            millis -> assertThat(Long.parseLong(millis)).isLessThanOrEqualTo(left / 1_000_000));
        }
    }

    @Test
    void saysNothingOfTheBody() throws IOException {
        try (var upstream = new ScriptedUpstream(gateway -> {
                    gateway.request();
                    gateway.say("HTTP/1.1 200 OK\nContent-Length: 2\n\no");
                    gateway.request();
                });
                var proxied = Proxied.to(upstream)) {
            var exchange = hasty(Exchanges.get("/"));
            try (var response = proxied.start(exchange)) {
                await().until(() -> exchange.nanosLeft() < 0);
                assertThat(response.body().stream().readNBytes(1)).hasSize(1);
            }
        }
    }

    private static Exchange hasty(Exchange exchange) {
        // enough for the call to begin on a busy machine
        exchange.answerWithin(Duration.ofSeconds(1));
        return exchange;
    }
}
