package dev.gatehouse.node.backend;

import static dev.gatehouse.node.backend.ScriptedUpstream.OK;
import static dev.gatehouse.node.backend.ScriptedUpstream.always;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.node.backend.Proxied.Answer;
import dev.gatehouse.node.exchange.Body;
import dev.gatehouse.node.exchange.Downstream;
import dev.gatehouse.node.exchange.Exchanges;
import dev.gatehouse.node.server.RawClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What of a service's answer is handed on. */
class AnswerTest {

    @Test
    void isTheOneAfterTheInterimAnswers() {
        var answer = ask("GET", "HTTP/1.1 100 Continue\n\nHTTP/1.1 103 Early Hints\nLink: </a>\n\n" + OK);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("ok");
        assertThat(answer.headers().contains("Link")).isFalse();
    }

    @Test
    void comesBehindTheInterimAnswersThatTheClientGetsToo() {
        var interim = new ArrayList<String>();
        var downstream = new Downstream((status, headers) -> interim.add(status + " " + headers), false, null);
        try (var upstream = ScriptedUpstream.answering("""
                        HTTP/1.1 100 Continue

                        HTTP/1.1 103 Early Hints
                        Link: </a>
                        Connection: X-Mine
                        X-Mine: 1

                        HTTP/1.1 102 Processing

                        """ + OK);
                var proxied = Proxied.to(upstream)) {
            var answer = proxied.ask(Exchanges.over(downstream, "GET", "/", Body.empty()));

            assertThat(answer.body()).isEqualTo("ok");
            assertThat(interim).containsExactly("103 [Field[name=Link, value=</a>]]", "102 []");
        }
    }

    @Test
    void keepsItsFieldsInTheirOrderCaseAndNumber() {
        var answer = ask("GET", """
                HTTP/1.1 201 Made
                x-LAST: 1
                Set-Cookie: a=1
                Content-Length: 0
                Server: some
                set-cookie: b=2
                ETag: "\u00e9"

                """);

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.headers())
                .extracting(field -> field.name() + ": " + field.value())
                .containsExactly(
                        "x-LAST: 1",
                        "Set-Cookie: a=1",
                        "Content-Length: 0",
                        "Server: some",
                        "set-cookie: b=2",
                        "ETag: \"\u00e9\"");
    }

    @Test
    void losesWhatConcernsItsConnectionOnly() {
        var answer = ask("GET", """
                HTTP/1.1 200 OK
                Connection: X-Mine, keep-alive
                Keep-Alive: timeout=5
                X-Mine: 1
                Upgrade: h2,h2c
                Proxy-Authenticate: Basic
                Trailer: X-Sum
                Transfer-Encoding: chunked
                X-Other: 2

                2
                ok
                0
                X-Sum: 1

                """);

        assertThat(answer.headers()).extracting("name").containsExactly("X-Other");
        assertThat(answer.body()).as("an offer to upgrade is none").isEqualTo("ok");
    }

    @ParameterizedTest
    @CsvSource({
        "GET,  '200 OK\nContent-Length: 5\n\nhello',                                hello",
        "GET,  '200 OK\nTransfer-Encoding: chunked\n\n2;x=y\nhe\n3\nllo\n0\n\n',    hello",
        "GET,  '200 OK\nTransfer-Encoding: chunked\n\n5\nhello\n0\nX: y\nZ: z\n\n', hello",
        "GET,  '200 OK\n\nhello',                                                   hello",
        "GET,  '204 No Content\n\n',                                                ''",
        "GET,  '304 Not Modified\nContent-Length: 5\n\n',                           ''",
        "HEAD, '200 OK\nContent-Length: 5\n\n',                                     ''",
        "HEAD, '200 OK\nTransfer-Encoding: chunked\n\n',                            ''",
        "HEAD, '404 Not Found\n\n',                                                 ''",
    })
    void endsWhereItsFramingSays(String method, String answer, String body) {
        assertThat(ask(method, "HTTP/1.1 " + answer).body()).isEqualTo(body);
    }

    @Test
    void keepsTheLengthThatABodyWouldHaveHad() {
        assertThat(ask("HEAD", "HTTP/1.1 200 OK\nContent-Length: 5\n\n")
                        .headers()
                        .first("Content-Length"))
                .contains("5");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 10", "Transfer-Encoding: chunked"})
    void isHandedOnPieceByPiece(String framing) throws IOException {
        boolean chunked = framing.endsWith("chunked");
        var seen = new CountDownLatch(1);
        try (var upstream = new ScriptedUpstream(gateway -> {
                    gateway.request();
                    gateway.say("HTTP/1.1 200 OK\n" + framing + "\n\n" + (chunked ? "5\nfirst\n" : "first"));
                    seen.await();
                    gateway.say(chunked ? "5\n-last\n0\n\n" : "-last");
                });
                var proxied = Proxied.to(upstream);
                var response = proxied.start(Exchanges.get("/"))) {
            assertThat(response.body().stream().readNBytes(5))
                    .asString(StandardCharsets.US_ASCII)
                    .isEqualTo("first");
            seen.countDown();
            assertThat(Proxied.read(response)).isEqualTo("-last");
        }
    }

    @Test
    void isFramedAnewForTheClient() {
        try (var upstream = new ScriptedUpstream(gateway -> {
                    gateway.request();
                    gateway.say("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n3\none\n0\nX-Trailer: 1\n\n");
                    gateway.request();
                    gateway.say("HTTP/1.1 204 No Content\n\n");
                    gateway.request();
                    gateway.say("HTTP/1.1 304 Not Modified\nContent-Length: 5\n\n");
                    gateway.request();
                    gateway.say("HTTP/1.1 200 OK\nContent-Length: 5\n\n");
                    gateway.request();
                    gateway.say("HTTP/1.1 200 OK\n\nfour");
                });
                var proxied = Proxied.to(upstream);
                var listener = proxied.listen();
                var client = new RawClient(listener.port())) {
            client.send("GET / HTTP/1.1\nHost: a\n\n".repeat(3) + "HEAD / HTTP/1.1\nHost: a\n\n"
                    + "GET / HTTP/1.1\nHost: a\n\n");

            var chunked = client.answer();
            assertThat(chunked.body()).isEqualTo("one");
            assertThat(chunked.header("Transfer-Encoding")).isEqualTo("chunked");
            assertThat(client.answer().headers().contains("Content-Length")).isFalse();
            assertThat(client.answer().header("Content-Length")).isEqualTo("5");
            assertThat(client.answer("HEAD").header("Content-Length")).isEqualTo("5");
            assertThat(client.answer().body()).isEqualTo("four");
            assertThat(upstream.connections()).isOne();
        }
    }

    private static Answer ask(String method, String answer) {
        var script = answer.contains("\n\nhello") && !answer.contains("Content-Length")
                ? ScriptedUpstream.once(answer)
                : always(answer);
        try (var upstream = new ScriptedUpstream(script);
                var proxied = Proxied.to(upstream)) {
            return proxied.ask(Exchanges.of(method, "/"));
        }
    }
}
