package dev.gatehouse.node.backend;

import static dev.gatehouse.node.backend.http2.Http2Upstream.answering;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.node.backend.http2.Http2Upstream;
import dev.gatehouse.node.backend.http2.Http2Upstream.Peer;
import dev.gatehouse.node.backend.http2.Http2Upstream.Script;
import dev.gatehouse.node.exchange.Exchanges;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * A service that breaks HTTP/2, or off: what the client gets for it, and that with one turn for all requests the next
 * one has its turn.
 */
class Http2FaultsTest {

    private static final UpstreamTimes HASTY = new UpstreamTimes(Duration.ofSeconds(2), Duration.ofMillis(500));

    private interface Step {
        void take(Peer gateway) throws IOException;
    }

    private static final byte[] OK = Peer.block(":status", "200");

    /** Before the first byte of an answer; the last word of the name is what the client gets. */
    static final List<Arguments> BEFORE = List.of(
            before("closes", "broken", Peer::close),
            before("resets the connection", "broken", Peer::abort),
            before("resets the stream", "broken", gateway -> gateway.reset(1, 2)),
            before("wants HTTP/1.1", "broken", gateway -> gateway.reset(1, 13)),
            before("goes away having taken it, and closes", "broken", gateway -> {
                gateway.goAway(1, 0);
                gateway.close();
            }),
            before("says nothing", "timeout", Peer::rest),
            before("stops in a frame", "timeout", gateway -> {
                gateway.sendRaw((byte) 0, (byte) 0, (byte) 9, (byte) 1, (byte) 4);
                gateway.rest();
            }),
            before("stops in a header block", "timeout", gateway -> {
                gateway.send(Http2Upstream.HEADERS, 0, 1, OK);
                gateway.rest();
            }),
            before(
                    "speaks HTTP/1.1",
                    "broken",
                    gateway -> gateway.sendRaw("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII))),
            before("never ends its header block", "broken", gateway -> {
                gateway.send(Http2Upstream.HEADERS, 0, 1, OK);
                while (true) {
                    gateway.send(Http2Upstream.CONTINUATION, 0, 1, Peer.block("x", "y"));
                }
            }),
            before("sends more fields than anybody needs", "broken", gateway -> {
                var block = new byte[1000];
                Arrays.fill(block, (byte) 0x88);
                gateway.send(Http2Upstream.HEADERS, 4, 1, block);
            }),
            before(
                    "sends a block that is none",
                    "broken",
                    gateway -> gateway.send(Http2Upstream.HEADERS, 4, 1, (byte) 0xff, (byte) 0xff, (byte) 0xff)),
            before("interrupts a block", "broken", gateway -> {
                gateway.send(Http2Upstream.HEADERS, 0, 1, OK);
                gateway.send(Http2Upstream.PING, 0, 0, new byte[8]);
            }),
            before("sends no status", "broken", gateway -> gateway.headers(1, true, "x", "y")),
            before("sends two", "broken", gateway -> gateway.headers(1, true, ":status", "200", ":status", "200")),
            before("sends the status last", "broken", gateway -> gateway.headers(1, true, "x", "y", ":status", "200")),
            before("sends 101", "broken", gateway -> gateway.headers(1, false, ":status", "101")),
            before("sends no number", "broken", gateway -> gateway.headers(1, true, ":status", "2e2")),
            before(
                    "sends a line end",
                    "broken",
                    gateway -> gateway.headers(1, true, ":status", "200", "x", "a\r\nb: c")),
            before("sends a capital", "broken", gateway -> gateway.headers(1, true, ":status", "200", "X", "y")),
            before("sends a bad name", "broken", gateway -> gateway.headers(1, true, ":status", "200", "x y", "z")),
            before(
                    "sends Connection",
                    "broken",
                    gateway -> gateway.headers(1, true, ":status", "200", "connection", "x")),
            before(
                    "frames anew",
                    "broken",
                    gateway -> gateway.headers(1, true, ":status", "200", "transfer-encoding", "chunked")),
            before("ends with an interim answer", "broken", gateway -> gateway.headers(1, true, ":status", "103")),
            before("never comes to the answer", "broken", gateway -> {
                for (int i = 0; i < 20; i++) {
                    gateway.headers(1, false, ":status", "103");
                }
            }),
            before("has a body before a head", "broken", gateway -> gateway.data(1, "body", true)),
            before(
                    "promises a body and sends none",
                    "broken",
                    gateway -> gateway.headers(1, true, ":status", "200", "content-length", "5")),
            before(
                    "states two lengths",
                    "broken",
                    gateway ->
                            gateway.headers(1, false, ":status", "200", "content-length", "5", "content-length", "6")),
            before(
                    "states a length that is none",
                    "broken",
                    gateway -> gateway.headers(1, false, ":status", "200", "content-length", "+5")),
            before("pushes", "broken", gateway -> gateway.send(Http2Upstream.PUSH_PROMISE, 4, 1, Peer.words(2))),
            before("answers what was not asked", "broken", gateway -> gateway.headers(3, true, ":status", "200")),
            before("uses a stream of its own", "broken", gateway -> gateway.headers(2, true, ":status", "200")),
            before(
                    "sends a frame that is too large",
                    "broken",
                    gateway -> gateway.send(Http2Upstream.DATA, 0, 1, new byte[16_385])),
            before("sends DATA on no stream", "broken", gateway -> gateway.data(0, "x", false)),
            before(
                    "pads with more than it has",
                    "broken",
                    gateway -> gateway.send(Http2Upstream.HEADERS, 12, 1, (byte) 9, (byte) 0x88)),
            before("grants nothing", "broken", gateway -> gateway.window(0, 0)),
            before("grants too much", "broken", gateway -> gateway.window(0, Integer.MAX_VALUE)),
            before("sets too large a window", "broken", gateway -> gateway.settings(4, -1)),
            before("enables pushes", "broken", gateway -> gateway.settings(2, 1)),
            before("sets too small a frame", "broken", gateway -> gateway.settings(5, 1)),
            before("pings wrongly", "broken", gateway -> gateway.send(Http2Upstream.PING, 0, 0, new byte[7])),
            before(
                    "sends settings that are none",
                    "broken",
                    gateway -> gateway.send(Http2Upstream.SETTINGS, 0, 0, new byte[5])));

    /** After the head and five bytes of the body. */
    static final List<Arguments> AFTER = List.of(
            after("closes", Peer::close),
            after("resets the connection", Peer::abort),
            after("resets the stream", gateway -> gateway.reset(1, 2)),
            after("resets the stream without an error", gateway -> gateway.reset(1, 0)),
            after("says nothing more", Peer::rest),
            after("stops in a frame", gateway -> {
                gateway.sendRaw((byte) 0, (byte) 0, (byte) 9, (byte) 0, (byte) 0);
                gateway.rest();
            }),
            after("is shorter than it said", gateway -> gateway.data(1, "12", true)),
            after("is longer than it said", gateway -> gateway.data(1, "123456", true)),
            after("sends garbage", gateway -> gateway.sendRaw(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})),
            after("sends trailers that are not the end", gateway -> {
                gateway.headers(1, false, "x", "y");
            }),
            after("sends bad trailers", gateway -> gateway.headers(1, true, ":status", "200")),
            after("sends more than it may", gateway -> {
                for (int i = 0; i < 100; i++) {
                    gateway.data(1, "x".repeat(16_384), false);
                }
            }));

    @ParameterizedTest(name = "{0}")
    @FieldSource("BEFORE")
    void isRefusedBeforeTheFirstByte(String name, Refusal refusal, Script script) {
        try (var upstream = new Http2Upstream(script, answering("ok"));
                var proxied = Proxied.http2(
                        Proxied.ONE, refusal == Refusal.UPSTREAM_TIMEOUT ? HASTY : Proxied.PATIENT, upstream)) {
            assertThat(proxied.ask(Exchanges.of("POST", "/")).refusal()).contains(refusal);
            assertTurn(proxied);
        }
    }

    @ParameterizedTest(name = "{0}")
    @FieldSource("AFTER")
    void isCutOffAfterIt(String name, Script script) throws IOException {
        boolean silent = name.startsWith("says nothing") || name.startsWith("stops");
        try (var upstream = new Http2Upstream(script, answering("ok"));
                var proxied = Proxied.http2(Proxied.ONE, silent ? HASTY : Proxied.PATIENT, upstream)) {
            try (var response = proxied.start(Exchanges.of("POST", "/"))) {
                assertThat(response.status()).isEqualTo(200);
                assertThatIOException()
                        .isThrownBy(() -> response.body().stream().readAllBytes());
            }
            assertTurn(proxied);
        }
    }

    @Test
    void isUnreachableWhenItDoesNotGreet() {
        var times = new UpstreamTimes(Duration.ofMillis(300), Duration.ofSeconds(20));
        try (var upstream = new Http2Upstream(Peer::rest, answering("ok"));
                var proxied = Proxied.http2(Proxied.ONE, times, upstream)) {
            assertThat(proxied.get().refusal()).contains(Refusal.UPSTREAM_CONNECT_TIMEOUT);
            await().until(() -> upstream.ended() == 1);
            assertTurn(proxied);
        }
    }

    @Test
    void isUnreachableWhenItGreetsInAnotherProtocol() {
        try (var upstream = ScriptedUpstream.answering(ScriptedUpstream.OK);
                var garbage = new Http2Upstream(
                        gateway -> gateway.sendRaw("SSH-2.0-OpenSSH\r\n".getBytes(StandardCharsets.US_ASCII)));
                var proxied = new Proxied(
                        Proxied.ONE,
                        new UpstreamTerms(HASTY, true, UpstreamTls.PLATFORM, WebSockets.NONE),
                        List.of(upstream.url(), garbage.url()))) {
            assertThat(proxied.get().refusal()).contains(Refusal.UPSTREAM_UNREACHABLE);
            assertThat(proxied.get().refusal()).contains(Refusal.UPSTREAM_UNREACHABLE);
        }
    }

    private static void assertTurn(Proxied proxied) {
        await().until(() -> proxied.get().body().equals("ok"));
    }

    private static Arguments before(String name, String refusal, Step step) {
        Script script = gateway -> {
            gateway.greet();
            gateway.request();
            step.take(gateway);
        };
        return Arguments.of(
                name, refusal.equals("timeout") ? Refusal.UPSTREAM_TIMEOUT : Refusal.UPSTREAM_BROKEN, script);
    }

    private static Arguments after(String name, Step step) {
        Script script = gateway -> {
            gateway.greet();
            gateway.request();
            gateway.headers(1, false, ":status", "200", "content-length", "10");
            gateway.data(1, "hello", false);
            step.take(gateway);
            gateway.answerAll("ok");
        };
        return Arguments.of(name, script);
    }
}
