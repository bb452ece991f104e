package dev.gatehouse.node.server;

import static dev.gatehouse.node.server.Listening.ANY_PORT;
import static dev.gatehouse.node.server.Listening.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.node.exchange.Body;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.exchange.Rejection;
import dev.gatehouse.node.exchange.Response;
import dev.gatehouse.node.wire.PathCases;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpListenerTest {

    private final ConcurrentLinkedQueue<Exchange> seen = new ConcurrentLinkedQueue<>();
    private HttpListener listener;

    @BeforeEach
    void start() {
        listener = Listening.to(exchange -> {
            seen.add(exchange);
            return switch (exchange.path()) {
                case "/fails" -> throw new IllegalStateException("secret detail");
                case "/refused" ->
                    Rejection.of(Refusal.KEY_MISSING, "Send a \"key\" \\ in\tX-Api-Key.")
                            .by("api-key")
                            .with("WWW-Authenticate", "ApiKey")
                            .toResponse();
                case "/empty" -> new Response(204, Headers.of("Content-Length", "7"), Body.empty());
                case "/not-modified" -> new Response(304, Headers.of("Content-Length", "7"), Body.empty());
                case "/hops" ->
                    new Response(
                            200,
                            Headers.of(
                                    "Connection", "x-mine", "X-Mine", "1", "Keep-Alive", "timeout=9", "Upgrade", "h2c"),
                            Body.of(Listening.bytes("ok")));
                case "/bad-header" -> new Response(200, Headers.of("X", "a\r\nY: b"), Body.empty());
                default -> text("ok");
            };
        });
    }

    @AfterEach
    void stop() {
        listener.close();
    }

    @Test
    void givesTheHandlerTheRequestAsItWasSent() {
        RawClient.ask(
                listener.port(),
                "pAtCh /A%2d%41/b?x=%zz&[]|y HTTP/1.1\nHost: Example.com:81\nX-CASE: \u00e9\u00ff\nx-case: 2\n\n");

        var exchange = seen.remove();
        assertThat(exchange.method()).isEqualTo("pAtCh");
        assertThat(exchange.path()).isEqualTo("/A-A/b");
        assertThat(exchange.query()).isEqualTo("x=%zz&[]|y");
        assertThat(exchange.scheme()).isEqualTo("http");
        assertThat(exchange.version()).isEqualTo("1.1");
        assertThat(exchange.authority()).isEqualTo("Example.com:81");
        assertThat(exchange.client().address().isLoopbackAddress()).isTrue();
        assertThat(exchange.headers()).extracting("name").startsWith("Host", "X-CASE", "x-case");
        assertThat(exchange.headers().all("X-Case")).containsExactly("\u00e9\u00ff", "2");
    }

    @Test
    void hidesFromTheHandlerWhatConcernsTheConnectionOnly() {
        RawClient.ask(listener.port(), """
                GET / HTTP/1.1
                Host: a
                Connection: X-Mine, keep-alive
                X-Mine: 1
                TE: trailers
                Upgrade: h2c
                X-Forwarded-For: 1.2.3.4
                forwarded: for=1.2.3.4
                X_Forwarded_Host: b
                X-Real-IP: 1.2.3.4

                """);

        var exchange = seen.remove();
        assertThat(exchange.headers()).extracting("name").containsExactlyInAnyOrder("Host", "X-Request-Id");
        assertThat(exchange.client().address().isLoopbackAddress()).isTrue();
    }

    @Test
    void letsTheTargetsHostCountInsteadOfHost() {
        RawClient.ask(listener.port(), "GET http://other.example/a HTTP/1.1\nHost: a\n\n");

        var exchange = seen.remove();
        assertThat(exchange.authority()).isEqualTo("other.example");
        assertThat(exchange.headers().all("Host")).containsExactly("other.example");
    }

    @Test
    void keepsAWellFormedRequestIdAndReplacesAnyOther() {
        var kept = RawClient.ask(listener.port(), "GET / HTTP/1.1\nHost: a\nX-Request-Id: abc-DEF_1.2\n\n");
        assertThat(kept.header("X-Request-Id")).isEqualTo("abc-DEF_1.2");

        for (var bad : List.of("short", "has space in it", "x".repeat(65), "quote\"quote", "")) {
            var answer = RawClient.ask(listener.port(), "GET / HTTP/1.1\nHost: a\nX-Request-Id: " + bad + "\n\n");
            assertThat(answer.header("X-Request-Id"))
                    .matches("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
        }
        assertThat(seen)
                .allSatisfy(exchange ->
                        assertThat(exchange.headers().all("X-Request-Id")).containsExactly(exchange.id()));
    }

    @Test
    void rendersARejectionAsProblemJson() {
        var answer = RawClient.ask(listener.port(), "GET /refused HTTP/1.1\nHost: a\nX-Request-Id: request-1\n\n");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.header("WWW-Authenticate")).isEqualTo("ApiKey");
        assertThat(answer.body()).isEqualTo("""
                        {"type":"urn:gatehouse:problem:key-missing","title":"An API key is required","status":401,\
                        "detail":"Send a \\"key\\" \\\\ in\\u0009X-Api-Key.","code":"key-missing",\
                        "requestId":"request-1","policy":"api-key"}""");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/fails", "/bad-header"})
    void answersForAHandlerThatFailsAndTellsNothing(String path) {
        var answer = RawClient.ask(listener.port(), "GET " + path + " HTTP/1.1\nHost: a\n\n");

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.body()).contains("urn:gatehouse:problem:internal").doesNotContain("secret");
        assertThat(answer.body()).contains(answer.header("X-Request-Id"));
        assertThat(answer.headers().contains("Y")).isFalse();
    }

    @Test
    void sendsNoBodyWhereThereMustBeNone() {
        try (var client = new RawClient(listener.port())) {
            client.send("""
                    HEAD / HTTP/1.1
                    Host: a

                    HEAD /refused HTTP/1.1
                    Host: a

                    GET /empty HTTP/1.1
                    Host: a

                    GET /not-modified HTTP/1.1
                    Host: a

                    GET /last HTTP/1.1
                    Host: a
                    Connection: close

                    """);

            assertThat(client.answer("HEAD").header("Content-Length")).isEqualTo("2");
            assertThat(client.answer("HEAD").status()).isEqualTo(401);
            assertThat(client.answer().headers().contains("Content-Length")).isFalse();
            assertThat(client.answer().header("Content-Length")).isEqualTo("7");
            assertThat(client.answer().body()).isEqualTo("ok");
            assertThat(client.rest()).isEmpty();
        }
    }

    @Test
    void sendsNoFieldThatConcernsAnotherConnection() {
        var answer = RawClient.ask(listener.port(), "GET /hops HTTP/1.1\nHost: a\n\n");

        assertThat(answer.headers())
                .extracting("name")
                .containsExactlyInAnyOrder("Content-Length", "Date", "X-Request-Id");
    }

    static Stream<PathCases.Case> paths() {
        return PathCases.all();
    }

    @ParameterizedTest
    @MethodSource("paths")
    void showsTheHandlerEachPathInOneSpellingOnly(PathCases.Case one) {
        var method = one.target().equals("*") ? "OPTIONS " : "GET ";
        var answer = RawClient.ask(listener.port(), method + one.target() + " HTTP/1.1\nHost: a\n\n");

        if (one.refused()) {
            assertThat(answer.status()).isEqualTo(400);
            assertThat(seen).isEmpty();
        } else {
            assertThat(answer.status()).isEqualTo(200);
            boolean guarded = seen.remove().path().matches("/admin(/.*)?");
            assertThat(guarded)
                    .isEqualTo(one.expectation().startsWith("guarded")
                            || one.target().startsWith("http://other"));
        }
    }

    @Test
    void tellsAnAmbiguousPathFromAMalformedRequest() {
        var ambiguous = RawClient.ask(listener.port(), "GET /a/..%2fb HTTP/1.1\nHost: a\n\n");
        var malformed = RawClient.ask(listener.port(), "GET /a#b HTTP/1.1\nHost: a\n\n");

        assertThat(ambiguous.body()).contains("ambiguous-path");
        assertThat(malformed.body()).contains("bad-request");
    }

    @Test
    void saysWhyItCannotListen() {
        var taken = ListenerSettings.of("127.0.0.1", listener.port());

        assertThatIllegalStateException()
                .isThrownBy(() -> HttpListener.start(taken, exchange -> text("")))
                .withMessageContaining("127.0.0.1:" + listener.port())
                .withMessageContaining("in use");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HttpListener.start(ANY_PORT.trusting(List.of("10.0.0.0/33")), exchange -> text("")))
                .withMessageContaining("10.0.0.0/33");
    }
}
