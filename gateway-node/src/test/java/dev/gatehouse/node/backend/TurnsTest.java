package dev.gatehouse.node.backend;

import static dev.gatehouse.node.backend.ScriptedUpstream.OK;
import static dev.gatehouse.node.backend.ScriptedUpstream.always;
import static dev.gatehouse.node.backend.ScriptedUpstream.butThenSilence;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.node.exchange.Exchanges;
import dev.gatehouse.node.server.RawClient;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With one connection at a time, whatever happens to it the next request gets its turn. */
class TurnsTest {

    private static final UpstreamTimes HASTY = new UpstreamTimes(Duration.ofSeconds(5), Duration.ofMillis(300));

    /** Without an end in sight; the client's side of the gateway fills up. */
    private static final ScriptedUpstream.Script ENDLESS = gateway -> {
        gateway.request();
        gateway.say("HTTP/1.1 200 OK\n\n");
        while (true) {
            gateway.sayRaw("x".repeat(8192));
        }
    };

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense\n\n",
                "HTTP/1.1 101 Switching Protocols\n\n",
                "HTTP/1.1 200 OK\nContent-Length: 5\nTransfer-Encoding: chunked\n\n",
                "HTTP/1.1 200 OK\nContent-Length: 5\n\nhell",
                "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\nz\n",
                "HTTP/1.1 200 OK\nConnection: close\nContent-Length: 2\n\nok",
                "HTTP/1.1 204 No Content\nContent-Length: 2\n\n",
                OK,
            })
    void comesAfterEveryKindOfAnswer(String answer) {
        try (var upstream = new ScriptedUpstream(butThenSilence(answer), always(OK));
                var proxied = Proxied.to(Proxied.ONE, HASTY, upstream)) {
            try (var response = proxied.start(Exchanges.get("/"))) {
                Proxied.read(response);
            } catch (UncheckedIOException e) {
                assertThat(answer).as("this body may break off").doesNotContain("ok");
            }

            await().until(() -> proxied.get().status() == 200);
        }
    }

    @Test
    void comesWhenAnAnswerIsNotRead() {
        try (var upstream = new ScriptedUpstream(ENDLESS, always(OK));
                var proxied = Proxied.to(Proxied.ONE, HASTY, upstream)) {
            proxied.start(Exchanges.get("/")).close();
            await().until(() -> proxied.get().body().equals("ok"));
            await().until(() -> upstream.ended() == 1);
        }
    }

    @Test
    void comesWhenTheClientIsGone() {
        try (var upstream = new ScriptedUpstream(ENDLESS, ENDLESS, ENDLESS, always(OK));
                var proxied = Proxied.to(Proxied.ONE, Proxied.PATIENT, upstream);
                var listener = proxied.listen()) {
            for (int i = 0; i < 3; i++) {
                var client = new RawClient(listener.port());
                assertThat(client.send("GET / HTTP/1.1\nHost: a\n\n").head().status())
                        .isEqualTo(200);
                client.abort();
            }

            assertThat(RawClient.ask(listener.port(), "GET / HTTP/1.1\nHost: a\n\n")
                            .body())
                    .isEqualTo("ok");
            await().until(() -> upstream.ended() == 3);
        }
    }

    @Test
    void doesNotComeWhileTheOneBeforeIsRead() {
        try (var upstream = new ScriptedUpstream(ENDLESS, always(OK));
                var proxied =
                        Proxied.to(Proxied.ONE, new UpstreamTimes(Duration.ofMillis(100), HASTY.silence()), upstream);
                var _ = proxied.start(Exchanges.get("/"))) {
            assertThat(proxied.get().refusal()).contains(Refusal.POOL_FULL);
            assertThat(upstream.connections()).isOne();
        }
    }
}
