package dev.gatehouse.node.backend;

import static dev.gatehouse.node.backend.ScriptedUpstream.OK;
import static dev.gatehouse.node.backend.ScriptedUpstream.always;
import static dev.gatehouse.node.backend.ScriptedUpstream.butThenSilence;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.node.exchange.Exchanges;
import dev.gatehouse.node.wire.WireException;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a service says and no two recipients would read alike: never relayed, and its connection is over. */
class MalformedAnswerTest {

    static Stream<String> heads() {
        return Stream.of(
                "HTTP/1.1 200 OK\nContent-Length: 2\nTransfer-Encoding: chunked\n\n2\nok\n0\n\n",
                "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\nContent-Length: 2\n\nok",
                "HTTP/1.1 200 OK\nContent-Length: 2\nContent-Length: 3\n\nok",
                "HTTP/1.1 200 OK\nContent-Length: 2, 2\n\nok",
                "HTTP/1.1 200 OK\nContent-Length: -2\n\nok",
                "HTTP/1.1 200 OK\nContent-Length: +2\n\nok",
                "HTTP/1.1 200 OK\nContent-Length: 9999999999999999999\n\nok",
                "HTTP/1.1 200 OK\nTransfer-Encoding: gzip, chunked\n\n2\nok\n0\n\n",
                "HTTP/1.1 200 OK\nTransfer-Encoding: identity\n\nok",
                "HTTP/1.0 200 OK\nTransfer-Encoding: chunked\n\n2\nok\n0\n\n",
                "HTTP/1.1 200 OK\nContent-Length : 2\n\nok",
                "HTTP/1.1 200 OK\nX: a\n folded\nContent-Length: 2\n\nok",
                "HTTP/1.1 200 OK\nX: a\u0000b\nContent-Length: 2\n\nok",
                "HTTP/1.1 200 O\u0007K\nContent-Length: 2\n\nok",
                "HTTP/1.1 20 OK\n\nok",
                "HTTP/1.1 600 OK\n\nok",
                "HTTP/2 200 OK\n\nok",
                "SSH-2.0-OpenSSH_9.9\n\n",
                "<html>ok</html>\n\n",
                "HTTP/1.1 101 Switching Protocols\nUpgrade: websocket\nConnection: Upgrade\n\n",
                "HTTP/1.1 103 Early Hints\n\n".repeat(17) + OK,
                "HTTP/1.1 200 OK\nX: " + "x".repeat(70_000) + "\nContent-Length: 2\n\nok",
                "HTTP/1.1 200 OK\n" + "X: y\n".repeat(201) + "Content-Length: 2\n\nok");
    }

    @ParameterizedTest
    @MethodSource("heads")
    void isAnsweredForWith502(String answer) {
        try (var upstream = new ScriptedUpstream(butThenSilence(answer), always(OK));
                var proxied = Proxied.to(upstream)) {
            var refused = proxied.get();

            assertThat(refused.status()).isEqualTo(502);
            assertThat(refused.refusal()).contains(Refusal.UPSTREAM_BROKEN);
            await().until(() -> upstream.ended() == 1);
            assertThat(upstream.requests()).as("not asked again").hasSize(1);
            assertThat(proxied.get().body()).isEqualTo("ok");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 200 OK\nContent-Length: 2\n\r\nok", "HTTP/1.1 200 OK\r\nContent-Length: 2\n\nok"})
    void isABareLineFeed(String octets) {
        try (var upstream = new ScriptedUpstream(
                        gateway -> {
                            gateway.request();
                            gateway.sayRaw(octets);
                            gateway.rest();
                        },
                        always(OK));
                var proxied = Proxied.to(upstream)) {
            assertThat(proxied.get().refusal()).contains(Refusal.UPSTREAM_BROKEN);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x\n", "0x2\nok\n0\n\n", "2\nok!\n0\n\n", "2 \nok\n0\n\n", "2\nok\n0\nno trailer\n\n"})
    void breaksTheBodyOffWhenAChunkIsNone(String chunks) throws IOException {
        var head = "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n";
        try (var upstream = new ScriptedUpstream(butThenSilence(head + chunks), always(OK));
                var proxied = Proxied.to(upstream);
                var response = proxied.start(Exchanges.get("/"))) {
            var body = response.body().stream();

            assertThatExceptionOfType(WireException.class).isThrownBy(body::readAllBytes);

            await().until(() -> upstream.ended() == 1);
            assertThat(proxied.get().body()).isEqualTo("ok");
        }
    }
}
