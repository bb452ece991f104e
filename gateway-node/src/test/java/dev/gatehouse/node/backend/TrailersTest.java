package dev.gatehouse.node.backend;

import static dev.gatehouse.node.backend.ScriptedUpstream.OK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.node.exchange.Body;
import dev.gatehouse.node.exchange.Downstream;
import dev.gatehouse.node.exchange.Exchanges;
import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.wire.ChunkedInput;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Fields behind a body, in both directions. */
class TrailersTest {

    @Test
    void ofAnAnswerAreHandedOnWithoutThoseThatBelongInAHead() {
        try (var upstream = ScriptedUpstream.answering("""
                        HTTP/1.1 200 OK
                        Transfer-Encoding: chunked

                        2
                        ok
                        0
                        X-Sum: 1
                        Content-Length: 9
                        set-cookie: a=b
                        Connection: X-Mine
                        X-Mine: 1
                        X-sum: 2

                        """);
                var proxied = Proxied.to(upstream);
                var response = proxied.start(Exchanges.get("/"))) {
            assertThat(response.body().trailers()).as("before the end").isEmpty();
            assertThat(Proxied.read(response)).isEqualTo("ok");

            assertThat(response.body().trailers())
                    .extracting(field -> field.name() + ": " + field.value())
                    .containsExactly("X-Sum: 1", "X-sum: 2");
            assertThat(proxied.get().body()).isEqualTo("ok");
            assertThat(upstream.connections()).isOne();
        }
    }

    @Test
    void ofARequestFollowItsLastChunk() {
        var received = new CompletableFuture<Headers>();
        try (var upstream = new ScriptedUpstream(gateway -> {
                    var in = (ChunkedInput) gateway.body(gateway.head());
                    assertThat(in.readAllBytes()).asString().isEqualTo("text");
                    received.complete(in.trailers());
                    gateway.say(OK);
                });
                var proxied = Proxied.to(upstream)) {
            var body =
                    new Trailed("text", Headers.of("X-Sum", "1", "Transfer-Encoding", "gzip", "X-Request-Id", "evil"));

            assertThat(proxied.ask(Exchanges.post("/", body)).status()).isEqualTo(200);
            assertThat(received.join()).hasToString("[Field[name=X-Sum, value=1]]");
        }
    }

    @ParameterizedTest
    @CsvSource({"true, trailers, TE", "false, '', ''"})
    void areAskedForWhenTheClientReadsThem(boolean reads, String te, String connection) {
        try (var upstream = ScriptedUpstream.answering(OK);
                var proxied = Proxied.to(upstream)) {
            proxied.ask(Exchanges.over(new Downstream((_, _) -> {}, reads, null), "GET", "/", Body.empty()));

            var headers = upstream.requests().getFirst().headers();
            assertThat(headers.first("TE").orElse("")).isEqualTo(te);
            assertThat(headers.first("Connection").orElse("")).isEqualTo(connection);
        }
    }
}
