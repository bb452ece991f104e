package dev.gatehouse.node.backend;

import static dev.gatehouse.node.backend.ScriptedUpstream.OK;
import static dev.gatehouse.node.backend.ScriptedUpstream.butThenSilence;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.node.exchange.Exchanges;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A service that stops in the middle. */
class SilenceTest {

    private static final UpstreamTimes HASTY = new UpstreamTimes(Duration.ofSeconds(5), Duration.ofMillis(500));

    @ParameterizedTest
    @ValueSource(strings = {"", "H", "HTTP/1.1 200 OK\nContent-Length: 2\n", "HTTP/1.1 100 Continue\n\n"})
    void isGivenUpWhenTheHeadDoesNotComeInTime(String begun) {
        try (var upstream = new ScriptedUpstream(butThenSilence(begun));
                var proxied = Proxied.to(HASTY, upstream)) {
            var answer = proxied.get();

            assertThat(answer.status()).isEqualTo(504);
            assertThat(answer.refusal()).contains(Refusal.UPSTREAM_TIMEOUT);
            await().until(() -> upstream.ended() == 1);
            assertThat(upstream.requests())
                    .as("never asked again: it may be at work")
                    .hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 10\n\nhell", "Transfer-Encoding: chunked\n\n4\nhell\n", "X: y\n\nhell"})
    void isGivenUpWhenTheBodyDoesNotGoOn(String rest) throws IOException {
        try (var upstream = new ScriptedUpstream(butThenSilence("HTTP/1.1 200 OK\n" + rest));
                var proxied = Proxied.to(HASTY, upstream);
                var response = proxied.start(Exchanges.get("/"))) {
            var body = response.body().stream();
            assertThat(body.readNBytes(4)).hasSize(4);

            assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(body::read);

            await().until(() -> upstream.ended() == 1);
        }
    }

    @Test
    void doesNotCountWhileTheUploadGoesOn() throws IOException {
        var patient = new UpstreamTimes(Duration.ofSeconds(5), Duration.ofSeconds(3));
        var upload = new PipedOutputStream();
        var body = new StreamedBody(10, new PipedInputStream(upload));
        try (var upstream = ScriptedUpstream.answering(OK);
                var proxied = Proxied.to(patient, upstream);
                var clock = Executors.newSingleThreadScheduledExecutor()) {
            var sent = new AtomicInteger();
            // four seconds in all, never three without a byte
            var ticking = clock.scheduleAtFixedRate(() -> send(upload, sent), 400, 400, TimeUnit.MILLISECONDS);

            assertThat(proxied.ask(Exchanges.post("/", body)).status()).isEqualTo(200);

            ticking.cancel(false);
            assertThat(upstream.requests()).extracting("body").containsExactly("xxxxxxxxxx");
        }
    }

    private static void send(OutputStream upload, AtomicInteger sent) {
        if (sent.incrementAndGet() <= 10) {
            try {
                upload.write('x');
                upload.flush();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
