package dev.gatehouse.node.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.node.exchange.Rejection;
import dev.gatehouse.node.exchange.Response;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An answer before the body was read must never let the body be read as the next request. */
class EarlyAnswerTest {

    private static final String SMUGGLED = "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n";

    private static final int MOST = 1 << 20;

    private final List<String> paths = new CopyOnWriteArrayList<>();
    private final HttpListener listener = Listening.to(exchange -> {
        if (exchange.body().length() > MOST) {
            return Response.of(Rejection.of(Refusal.BODY_TOO_LARGE, "At most " + MOST + " bytes."));
        }
        paths.add(exchange.path());
        return switch (exchange.path()) {
            case "/read" -> Listening.text(Listening.read(exchange));
            case "/next" -> Listening.text("next");
            default -> Response.of(Rejection.of(Refusal.KEY_MISSING, "No key."));
        };
    });

    @AfterEach
    void stop() {
        listener.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Expect: 100-continue\r\n"})
    void dropsABodyOfKnownLengthThatCameAtOnce(String expect) {
        try (var client = new RawClient(listener.port())) {
            client.sendRaw("POST /early HTTP/1.1\r\nHost: a\r\n" + expect + "Content-Length: " + SMUGGLED.length()
                    + "\r\n\r\n" + SMUGGLED + "GET /next HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");

            assertThat(client.answer().status()).isEqualTo(401);
            var rest = client.rest();
            assertThat(rest.isEmpty()).as("closes rather than guess").isEqualTo(!expect.isEmpty());
        }
        assertThat(paths).doesNotContain("/smuggled");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Expect: 100-continue\r\n"})
    void closesAfterAChunkedBodyThatWasNotRead(String expect) {
        try (var client = new RawClient(listener.port())) {
            client.sendRaw("POST /early HTTP/1.1\r\nHost: a\r\n" + expect + "Transfer-Encoding: chunked\r\n\r\n"
                    + Integer.toHexString(SMUGGLED.length()) + "\r\n" + SMUGGLED + "\r\n0\r\n\r\n" + SMUGGLED);

            var answer = client.answer();
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.header("Connection")).isEqualTo("close");
            assertThat(client.rest()).isEmpty();
        }
        assertThat(paths).containsExactly("/early");
    }

    @Test
    void keepsTheConnectionWhenTheRestOfTheBodyIsSmall() {
        try (var client = new RawClient(listener.port())) {
            client.send("POST /early HTTP/1.1\nHost: a\nContent-Length: 60000\n\n");
            assertThat(client.answer().headers().contains("Connection")).isFalse();

            client.sendRaw("x".repeat(60_000)).send("GET /next HTTP/1.1\nHost: a\n\n");
            assertThat(client.answer().body()).isEqualTo("next");
        }
    }

    @Test
    void refusesABodyThatIsAnnouncedAsTooLarge() {
        try (var client = new RawClient(listener.port())) {
            client.send("POST /read HTTP/1.1\nHost: a\nContent-Length: 2000000\n\n");

            var answer = client.answer();
            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.body()).contains("body-too-large").contains("1048576");
            assertThat(client.rest()).isEmpty();
        }
        assertThat(paths).isEmpty();
    }

    @Test
    void letsTheClientReadTheRefusalWhileItStillSends() {
        try (var client = new RawClient(listener.port())) {
            client.send("POST /read HTTP/1.1\nHost: a\nContent-Length: 2000000\n\n");
            client.sendRaw("x".repeat(2_000_000));

            assertThat(client.answer().status()).isEqualTo(413);
        }
    }

    @Test
    void asksForTheBodyOnlyWhenItIsWanted() {
        try (var client = new RawClient(listener.port())) {
            client.send("POST /read HTTP/1.1\nHost: a\nExpect: 100-Continue\nContent-Length: 5\n\n");
            assertThat(client.head().status()).isEqualTo(100);

            client.send("hello");
            assertThat(client.answer().body()).isEqualTo("hello");

            client.send("POST /early HTTP/1.1\nHost: a\nExpect: 100-continue\nContent-Length: 5\n\n");
            var answer = client.answer();
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.header("Connection")).isEqualTo("close");
            assertThat(client.rest()).isEmpty();
        }
    }

    @Test
    void asksForNothingThatIsAlreadyHere() {
        try (var client = new RawClient(listener.port())) {
            client.send("POST /read HTTP/1.1\nHost: a\nExpect: 100-continue\nContent-Length: 5\n\nhello");

            // 100 may come or not, depending on how the bytes were cut
            var head = client.head();
            assertThat(head.status()).isIn(100, 200);
            if (head.status() == 200) {
                client.send("lo");
            }
        }
        await().until(() -> paths.contains("/read"));
    }
}
