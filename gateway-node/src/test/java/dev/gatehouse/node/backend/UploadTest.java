package dev.gatehouse.node.backend;

import static dev.gatehouse.node.backend.ScriptedUpstream.OK;
import static dev.gatehouse.node.backend.ScriptedUpstream.always;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.node.exchange.Body;
import dev.gatehouse.node.exchange.Exchanges;
import dev.gatehouse.node.exchange.RefusedException;
import dev.gatehouse.node.exchange.Rejection;
import dev.gatehouse.node.server.RawClient;
import java.io.EOFException;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A request's body on its way to the service. */
class UploadTest {

    private static final String TOO_MUCH = "HTTP/1.1 413 Content Too Large\nContent-Length: 8\n\ntoo much";

    @ParameterizedTest
    @ValueSource(longs = {10, Body.UNKNOWN})
    void isHandedOnPieceByPiece(long length) throws IOException {
        var seen = new CompletableFuture<String>();
        var upload = new PipedOutputStream();
        var body = new StreamedBody(length, new PipedInputStream(upload));
        try (var upstream = new ScriptedUpstream(gateway -> {
                    var in = gateway.body(gateway.head());
                    seen.complete(new String(in.readNBytes(5), StandardCharsets.US_ASCII));
                    assertThat(in.readAllBytes()).asString().isEqualTo("-last");
                    gateway.say(OK);
                });
                var proxied = Proxied.to(upstream)) {
            var answer = CompletableFuture.supplyAsync(() -> proxied.ask(Exchanges.post("/", body)));
            upload.write("first".getBytes(StandardCharsets.US_ASCII));
            upload.flush();
            assertThat(seen.join()).isEqualTo("first");
            upload.write("-last".getBytes(StandardCharsets.US_ASCII));
            upload.close();

            assertThat(answer.join().body()).isEqualTo("ok");
        }
    }

    @Test
    void mayBeAnsweredBeforeItsEndAndThenNothingElseIsSentThere() throws IOException {
        var upload = new PipedOutputStream();
        var body = new StreamedBody(1_000_000, new PipedInputStream(upload));
        try (upload;
                var upstream = new ScriptedUpstream(
                        gateway -> {
                            gateway.head();
                            gateway.say(TOO_MUCH);
                            gateway.rest();
                        },
                        always(OK));
                var proxied = Proxied.to(Proxied.ONE, Proxied.PATIENT, upstream)) {
            upload.write(new byte[100]);
            upload.flush();

            var answer = proxied.ask(Exchanges.post("/", body));

            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.body()).isEqualTo("too much");
            await().until(() -> upstream.ended() == 1);
            assertThat(proxied.get().body()).isEqualTo("ok");
        }
    }

    @Test
    void keepsTheConnectionWhenItEndsBeforeTheAnswerDoes() {
        var body = Body.of("text".getBytes(StandardCharsets.US_ASCII));
        try (var upstream = new ScriptedUpstream(gateway -> {
                    var head = gateway.head();
                    gateway.say("HTTP/1.1 200 OK\nContent-Length: 2\n\no");
                    gateway.body(head).readAllBytes();
                    gateway.say("k");
                    always(OK).play(gateway);
                });
                var proxied = Proxied.to(upstream)) {
            assertThat(proxied.ask(Exchanges.post("/", body)).body()).isEqualTo("ok");
            assertThat(proxied.get().body()).isEqualTo("ok");
            assertThat(upstream.connections()).isOne();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {10, Body.UNKNOWN})
    void neverLooksCompleteWhenTheClientBreaksOff(long length) {
        var received = new CompletableFuture<Exception>();
        var body = StreamedBody.failing(length, 5, new EOFException("gone"));
        try (var upstream = new ScriptedUpstream(
                        gateway -> {
                            try {
                                gateway.request();
                                received.complete(new IllegalStateException("a whole request"));
                            } catch (IOException e) {
                                received.complete(e);
                            }
                        },
                        always(OK));
                var proxied = Proxied.to(Proxied.ONE, Proxied.PATIENT, upstream)) {
            var answer = proxied.ask(Exchanges.post("/", body));

            assertThat(answer.refusal()).contains(Refusal.BAD_REQUEST);
            assertThat(received.join()).isInstanceOf(IOException.class);
            assertThat(proxied.get().body()).isEqualTo("ok");
        }
    }

    @Test
    void isRefusedAsItsReaderSays() {
        var tooLarge = new RefusedException(Rejection.of(Refusal.BODY_TOO_LARGE, "At most 4 bytes."));
        try (var upstream = ScriptedUpstream.answering(OK);
                var proxied = Proxied.to(upstream);
                var response = proxied.start(Exchanges.post("/", StreamedBody.failing(Body.UNKNOWN, 4, tooLarge)))) {
            assertThat(response.rejection()).isEqualTo(tooLarge.rejection());
            assertThat(upstream.requests()).isEmpty();
        }
    }

    @Test
    void isLostWhenTheServiceClosesUnanswered() {
        try (var upstream = new ScriptedUpstream(gateway -> gateway.head());
                var proxied = Proxied.to(upstream)) {
            var answer = proxied.ask(Exchanges.post("/", Body.of(new byte[4 << 20])));

            assertThat(answer.refusal()).contains(Refusal.UPSTREAM_BROKEN);
            assertThat(upstream.connections()).as("never sent twice").isOne();
        }
    }

    @Test
    void endsForTheClientWithTheEarlyAnswer() {
        try (var upstream = new ScriptedUpstream(gateway -> {
                    gateway.head();
                    gateway.say(TOO_MUCH);
                    gateway.rest();
                });
                var proxied = Proxied.to(upstream);
                var listener = proxied.listen();
                var client = new RawClient(listener.port())) {
            client.send("POST / HTTP/1.1\nHost: a\nContent-Length: 9000000\n\n").sendRaw("x".repeat(10_000));

            var answer = client.answer();
            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.body()).isEqualTo("too much");
            assertThat(answer.header("Connection")).isEqualTo("close");
            assertThat(client.rest()).isEmpty();
        }
    }

    @Test
    void endsForTheServiceWhenTheClientGoes() throws InterruptedException {
        var begun = new CountDownLatch(1);
        var failure = new CompletableFuture<Void>();
        try (var upstream = new ScriptedUpstream(gateway -> {
                    var in = gateway.body(gateway.head());
                    in.readNBytes(4);
                    begun.countDown();
                    assertThatIOException().isThrownBy(in::readAllBytes);
                    failure.complete(null);
                });
                var proxied = Proxied.to(upstream);
                var listener = proxied.listen()) {
            var client = new RawClient(listener.port());
            client.send("POST / HTTP/1.1\nHost: a\nTransfer-Encoding: chunked\n\n4\ntext\n");
            begun.await();
            client.abort();

            failure.join();
        }
    }
}
