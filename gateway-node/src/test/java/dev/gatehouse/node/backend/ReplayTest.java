package dev.gatehouse.node.backend;

import static dev.gatehouse.node.backend.ScriptedUpstream.OK;
import static dev.gatehouse.node.backend.ScriptedUpstream.always;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.node.backend.ScriptedUpstream.Script;
import dev.gatehouse.node.exchange.Body;
import dev.gatehouse.node.exchange.Client;
import dev.gatehouse.node.exchange.Downstream;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Exchanges;
import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.exchange.RequestLine;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A service may close a kept connection in the moment in which the next request is sent on it. */
class ReplayTest {

    /** Answers one request and closes on the second, which it has read. */
    private static final Script CLOSES_ON_THE_SECOND = gateway -> {
        gateway.request();
        gateway.say(OK);
        gateway.request();
    };

    private static final Script CLOSES_UNANSWERED = gateway -> gateway.request();

    private static final Script RESETS_UNANSWERED = gateway -> {
        gateway.request();
        gateway.reset();
    };

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE"})
    void sendsAgainWhatMayBeDoneTwice(String method) {
        var noBody = "HTTP/1.1 204 No Content\n\n";
        try (var upstream = new ScriptedUpstream(CLOSES_ON_THE_SECOND, always(noBody));
                var proxied = Proxied.to(upstream)) {
            proxied.get();

            assertThat(proxied.ask(Exchanges.of(method, "/again")).status()).isEqualTo(204);
            assertThat(upstream.requests()).extracting("target").containsExactly("/", "/again", "/again");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PATCH", "get", "MOVE"})
    void neverSendsAgainWhatMayNot(String method) {
        try (var upstream = new ScriptedUpstream(CLOSES_ON_THE_SECOND, always(OK));
                var proxied = Proxied.to(upstream)) {
            proxied.get();

            var answer = proxied.ask(Exchanges.of(method, "/once"));

            assertThat(answer.status()).isEqualTo(502);
            assertThat(answer.refusal()).contains(Refusal.UPSTREAM_BROKEN);
            assertThat(upstream.requests()).extracting("target").containsExactly("/", "/once");
        }
    }

    @Test
    void neverSendsAgainWhatHasABody() {
        try (var upstream = new ScriptedUpstream(CLOSES_ON_THE_SECOND, always(OK));
                var proxied = Proxied.to(upstream)) {
            proxied.get();

            var answer = proxied.ask(put("text"));

            assertThat(answer.refusal()).contains(Refusal.UPSTREAM_BROKEN);
            assertThat(upstream.requests()).extracting("body").containsExactly("", "text");
        }
    }

    @Test
    void sendsAgainAfterAReset() {
        try (var upstream = new ScriptedUpstream(RESETS_UNANSWERED, always(OK));
                var proxied = Proxied.to(upstream)) {
            assertThat(proxied.get().body()).isEqualTo("ok");
        }
    }

    @Test
    void sendsAgainOnce() {
        try (var upstream = new ScriptedUpstream(CLOSES_UNANSWERED);
                var proxied = Proxied.to(upstream)) {
            assertThat(proxied.get().refusal()).contains(Refusal.UPSTREAM_BROKEN);
            assertThat(upstream.requests()).hasSize(2);
        }
    }

    @Test
    void sendsAgainOnAConnectionThatWasNeverUsed() {
        try (var upstream = new ScriptedUpstream(CLOSES_ON_THE_SECOND, CLOSES_ON_THE_SECOND, always(OK));
                var proxied = Proxied.to(upstream)) {
            try (var first = proxied.start(Exchanges.get("/"));
                    var second = proxied.start(Exchanges.get("/"))) {
                Proxied.read(first);
                Proxied.read(second);
            }

            assertThat(proxied.get().body()).isEqualTo("ok");
            assertThat(upstream.connections()).isEqualTo(3);
        }
    }

    @Test
    void doesNotSendAgainOnceThereWasAnAnswer() {
        for (var begun : new String[] {"H", "HTTP/1.1 200 OK\nContent-", "HTTP/1.1 100 Continue\n\n"}) {
            try (var upstream = new ScriptedUpstream(ScriptedUpstream.once(begun), always(OK));
                    var proxied = Proxied.to(upstream)) {
                assertThat(proxied.get().refusal()).contains(Refusal.UPSTREAM_BROKEN);
                assertThat(upstream.requests()).hasSize(1);
            }
        }
    }

    private static Exchange put(String body) {
        return new Exchange(
                "request-1",
                new RequestLine("PUT", "a", "/", null),
                new Client(InetAddress.getLoopbackAddress(), "http", null),
                new Headers(),
                Body.of(body.getBytes(StandardCharsets.US_ASCII)),
                Downstream.PLAIN);
    }
}
