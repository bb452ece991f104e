package dev.gatehouse.node.backend;

import static dev.gatehouse.node.backend.ScriptedUpstream.OK;
import static dev.gatehouse.node.backend.ScriptedUpstream.always;
import static dev.gatehouse.node.backend.ScriptedUpstream.butThenSilence;
import static dev.gatehouse.node.backend.ScriptedUpstream.once;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.node.exchange.Body;
import dev.gatehouse.node.exchange.Exchanges;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which connection carries the next request. */
class ConnectionReuseTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                OK,
                "HTTP/1.1 200 OK\nContent-Length: 0\n\n",
                "HTTP/1.1 200 OK\nContent-Length: 2\nKeep-Alive: timeout=60, max=100\n\nok",
                "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n2\nok\n0\n\n",
                "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n2\nok\n0\nX-Sum: 1\n\n",
                "HTTP/1.0 200 OK\nConnection: keep-alive\nContent-Length: 2\n\nok",
                "HTTP/1.1 103 Early Hints\n\n" + OK,
                "HTTP/1.1 204 No Content\n\n",
                "HTTP/1.1 304 Not Modified\nContent-Length: 7\n\n",
            })
    void staysWhereTheEndOfTheAnswerIsBeyondDoubt(String answer) {
        try (var upstream = ScriptedUpstream.answering(answer);
                var proxied = Proxied.to(upstream)) {
            for (int i = 0; i < 5; i++) {
                proxied.get();
            }

            assertThat(upstream.requests()).hasSize(5);
            assertThat(upstream.connections()).isOne();
        }
    }

    @Test
    void staysAfterHead() {
        try (var upstream = ScriptedUpstream.answering("HTTP/1.1 200 OK\nContent-Length: 7\n\n");
                var proxied = Proxied.to(upstream)) {
            proxied.ask(Exchanges.of("HEAD", "/"));
            proxied.ask(Exchanges.of("HEAD", "/"));

            assertThat(upstream.connections()).isOne();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\nConnection: close\nContent-Length: 2\n\nok",
                "HTTP/1.1 200 OK\nConnection: x, Close\nTransfer-Encoding: chunked\n\n2\nok\n0\n\n",
                "HTTP/1.1 200 OK\nKeep-Alive: timeout=1\nContent-Length: 2\n\nok",
                "HTTP/1.0 200 OK\nContent-Length: 2\n\nok",
                "HTTP/1.1 204 No Content\nContent-Length: 2\n\n",
                "HTTP/1.1 204 No Content\nTransfer-Encoding: chunked\n\n",
                "HTTP/1.1 200 OK\nContent-Length: 2\n\nok and more",
                "HTTP/1.1 204 No Content\n\nok",
                OK + OK,
            })
    void endsWhereTheServiceSaysSoOrMoreMayFollow(String answer) {
        try (var upstream = new ScriptedUpstream(butThenSilence(answer), always(OK));
                var proxied = Proxied.to(upstream)) {
            proxied.get();
            await().until(() -> upstream.ended() == 1);

            assertThat(proxied.get().body()).isEqualTo("ok");
            assertThat(upstream.connections()).isEqualTo(2);
        }
    }

    @Test
    void endsWithABodyThatTheCloseDelimits() {
        try (var upstream = new ScriptedUpstream(once("HTTP/1.1 200 OK\n\nto the end"));
                var proxied = Proxied.to(upstream)) {
            assertThat(proxied.get().body()).isEqualTo("to the end");
            assertThat(proxied.get().body()).isEqualTo("to the end");
            assertThat(upstream.connections()).isEqualTo(2);
        }
    }

    @Test
    void isNotTakenOnceTheServiceHasClosedIt() {
        try (var upstream = new ScriptedUpstream(once(OK), always(OK));
                var proxied = Proxied.to(upstream)) {
            proxied.get();
            await().until(() -> upstream.ended() == 1);

            // not idempotent: it would not be sent twice
            var answer = proxied.ask(Exchanges.post("/", Body.empty()));

            assertThat(answer.status()).isEqualTo(200);
            assertThat(upstream.requests()).hasSize(2);
        }
    }

    @Test
    void isNotTakenWithBytesNobodyAskedFor() throws InterruptedException {
        var idle = new CountDownLatch(1);
        var said = new CountDownLatch(1);
        try (var upstream = new ScriptedUpstream(
                        gateway -> {
                            gateway.request();
                            gateway.say(OK);
                            idle.await();
                            gateway.say("HTTP/1.1 200 OK\nContent-Length: 5\n\nwrong");
                            said.countDown();
                            gateway.rest();
                        },
                        always(OK));
                var proxied = Proxied.to(upstream)) {
            proxied.get();
            idle.countDown();
            said.await();

            assertThat(proxied.get().body()).isEqualTo("ok");
            assertThat(upstream.connections()).isEqualTo(2);
        }
    }

    @Test
    void isTheOneThatWasUsedLast() {
        try (var upstream = new ScriptedUpstream(always(said("1")), always(said("2")));
                var proxied = Proxied.to(upstream)) {
            try (var first = proxied.start(Exchanges.get("/"));
                    var second = proxied.start(Exchanges.get("/"))) {
                assertThat(Proxied.read(second)).isEqualTo("2");
                assertThat(Proxied.read(first)).isEqualTo("1");
            }

            assertThat(proxied.get().body()).isEqualTo("1");
            assertThat(proxied.get().body()).isEqualTo("1");
        }
    }

    private static String said(String text) {
        return "HTTP/1.1 200 OK\nContent-Length: " + text.length() + "\n\n" + text;
    }
}
