package dev.gatehouse.node.backend;

import static dev.gatehouse.node.backend.ScriptedUpstream.OK;
import static dev.gatehouse.node.backend.ScriptedUpstream.always;
import static dev.gatehouse.node.backend.ScriptedUpstream.butThenSilence;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.node.exchange.Body;
import dev.gatehouse.node.exchange.Downstream;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Exchanges;
import dev.gatehouse.node.exchange.Response;
import dev.gatehouse.node.exchange.Tunnel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client wants to go on in the WebSocket protocol. Key and answer are those of RFC 6455, 1.3. */
class WebSocketTest {

    private static final Downstream WANTED = new Downstream((_, _) -> {}, true, "websocket");
    private static final UpstreamTerms ALLOWED = new UpstreamTerms(
            Proxied.PATIENT, false, UpstreamTls.PLATFORM, new WebSockets(true, Duration.ofMinutes(5)));

    private static final String ACCEPTED = """
            HTTP/1.1 101 Switching Protocols
            Upgrade: WebSocket
            Connection: upgrade
            Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=
            Sec-WebSocket-Protocol: chat

            """;

    @Test
    void isAskedForWithTheClientsFields() {
        try (var upstream = ScriptedUpstream.answering(ACCEPTED);
                var proxied = Proxied.to(Proxied.ONE, ALLOWED, upstream);
                var _ = proxied.start(wanted())) {
            var headers = upstream.requests().getFirst().headers();

            assertThat(headers.all("Connection")).containsExactly("Upgrade");
            assertThat(headers.all("Upgrade")).containsExactly("websocket");
            assertThat(headers.all("Sec-WebSocket-Key")).containsExactly("dGhlIHNhbXBsZSBub25jZQ==");
            assertThat(headers.all("Sec-WebSocket-Version")).containsExactly("13");
            assertThat(headers.all("Sec-WebSocket-Protocol")).containsExactly("chat");
        }
    }

    @Test
    void carriesBytesBothWaysFromTheFirstOn() throws IOException {
        var received = new CompletableFuture<String>();
        try (var upstream = new ScriptedUpstream(gateway -> {
                    gateway.request();
                    gateway.say(ACCEPTED + "first");
                    gateway.sayRaw("-last");
                    received.complete(gateway.rest());
                });
                var proxied = Proxied.to(Proxied.ONE, ALLOWED, upstream);
                var response = proxied.start(wanted())) {
            assertThat(response.status()).isEqualTo(101);
            assertThat(response.headers())
                    .extracting("name")
                    .containsExactly("Sec-WebSocket-Accept", "Sec-WebSocket-Protocol");
            var tunnel = tunnel(response);
            assertThat(tunnel.idleMillis()).isEqualTo(300_000);
            assertThat(tunnel.in().readNBytes(10)).asString().isEqualTo("first-last");
            tunnel.out().write("hello".getBytes(StandardCharsets.US_ASCII));
            tunnel.close();

            assertThat(received.join()).isEqualTo("hello");
        }
    }

    @Test
    void endsAReadWhenItIsClosed() {
        try (var upstream = new ScriptedUpstream(butThenSilence(ACCEPTED));
                var proxied = Proxied.to(Proxied.ONE, ALLOWED, upstream);
                var response = proxied.start(wanted())) {
            var tunnel = tunnel(response);
            var reading = CompletableFuture.runAsync(
                    () -> assertThatIOException().isThrownBy(() -> tunnel.in().read()));
            tunnel.close();
            tunnel.close();

            reading.join();
            await().until(() -> upstream.ended() == 1);
        }
    }

    @Test
    void holdsNoTurnOfARequestAndItsConnectionIsNeverUsedAgain() {
        try (var upstream = new ScriptedUpstream(butThenSilence(ACCEPTED), always(OK));
                var proxied = Proxied.to(Proxied.ONE, ALLOWED, upstream)) {
            var open = proxied.start(wanted());
            assertThat(proxied.get().body()).isEqualTo("ok");

            open.close();
            assertThat(proxied.get().body()).isEqualTo("ok");
            assertThat(upstream.connections()).isEqualTo(2);
        }
    }

    @Test
    void isRefusedWhenTooManyAreOpenAndTakenWhenOneIsClosed() {
        try (var upstream = new ScriptedUpstream(butThenSilence(ACCEPTED));
                var proxied = Proxied.to(Proxied.ONE, ALLOWED, upstream)) {
            var first = proxied.start(wanted());
            assertThat(proxied.ask(wanted()).refusal()).contains(Refusal.POOL_FULL);
            assertThat(proxied.ask(wanted()).refusal()).contains(Refusal.POOL_FULL);

            first.close();
            try (var second = proxied.start(wanted())) {
                assertThat(second.status()).isEqualTo(101);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 101 Switching Protocols\n\n",
                "HTTP/1.1 101 X\nUpgrade: websocket\nConnection: upgrade\n\n",
                "HTTP/1.1 101 X\nUpgrade: websocket\nConnection: upgrade\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOO=\n\n",
                "HTTP/1.1 101 X\nUpgrade: h2c\nConnection: upgrade\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\n\n",
                "HTTP/1.1 101 X\nUpgrade: websocket\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\n\n",
            })
    void isNotOpenedByAWrongAnswer(String answer) {
        try (var upstream = new ScriptedUpstream(butThenSilence(answer), always(OK));
                var proxied = Proxied.to(Proxied.ONE, ALLOWED, upstream)) {
            assertThat(proxied.ask(wanted()).refusal()).contains(Refusal.UPSTREAM_BROKEN);
            await().until(() -> upstream.ended() == 1);
            assertThat(proxied.get().body()).isEqualTo("ok");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 403 Forbidden\nContent-Length: 2\n\nno",
                "HTTP/1.1 200 OK\nUpgrade: websocket\nConnection: upgrade\nContent-Length: 2\n\nno",
            })
    void isAPlainAnswerWhenTheServiceSwitchesNot(String answer) {
        try (var upstream = ScriptedUpstream.answering(answer);
                var proxied = Proxied.to(Proxied.ONE, ALLOWED, upstream)) {
            assertThat(proxied.ask(wanted()).body()).isEqualTo("no");
            assertThat(proxied.ask(wanted()).body()).isEqualTo("no");
            assertThat(upstream.connections()).isOne();
        }
    }

    @Test
    void isNotAskedForWhereTheRouteDoesNotAllowIt() {
        try (var upstream = ScriptedUpstream.answering(OK);
                var proxied = Proxied.to(upstream)) {
            assertThat(proxied.ask(wanted()).body()).isEqualTo("ok");
            assertThat(upstream.requests().getFirst().headers().contains("Upgrade"))
                    .isFalse();
        }
    }

    @Test
    void isNotOpenedForWhoAskedForNone() {
        try (var upstream = ScriptedUpstream.answering(ACCEPTED);
                var proxied = Proxied.to(Proxied.ONE, ALLOWED, upstream)) {
            assertThat(proxied.get().refusal()).contains(Refusal.UPSTREAM_BROKEN);
        }
    }

    private static Exchange wanted() {
        return Exchanges.over(
                WANTED,
                "GET",
                "/chat",
                Body.empty(),
                "Sec-WebSocket-Key",
                "dGhlIHNhbXBsZSBub25jZQ==",
                "Sec-WebSocket-Version",
                "13",
                "Sec-WebSocket-Protocol",
                "chat");
    }

    private static Tunnel tunnel(Response response) {
        return Objects.requireNonNull(response.tunnel());
    }
}
