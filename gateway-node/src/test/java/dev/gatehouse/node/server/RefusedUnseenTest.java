package dev.gatehouse.node.server;

import static dev.gatehouse.node.server.Listening.ANY_PORT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import dev.gatehouse.db.model.Refusal;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is refused before a handler sees it is told of, since no handler can count it. */
class RefusedUnseenTest {

    private final List<Refusal> refused = new CopyOnWriteArrayList<>();
    private final HttpListener listener = HttpListener.start(
            ANY_PORT.withDeadlines(Deadlines.DEFAULT.withHead(Duration.ofSeconds(1))),
            _ -> fail("was asked"),
            refused::add);

    @AfterEach
    void stop() {
        listener.close();
    }

    @ParameterizedTest
    @CsvSource({
        "'GET /', 408, REQUEST_TIMEOUT",
        "'GET / HTTP/1.1\nHost : a\n\n', 400, BAD_REQUEST",
        "'GET / HTTP/1.1\n\n', 400, BAD_REQUEST",
        "'GET /a//b HTTP/1.1\nHost: a\n\n', 400, AMBIGUOUS_PATH",
        "'GET / HTTP/1.1\nHost: a\nExpect: more\n\n', 417, EXPECTATION_FAILED",
        "'CONNECT a:1 HTTP/1.1\nHost: a:1\n\n', 501, NOT_IMPLEMENTED",
    })
    void isToldOfOnce(String request, int status, Refusal refusal) {
        assertThat(RawClient.ask(listener.port(), request).status()).isEqualTo(status);

        assertThat(refused).containsExactly(refusal);
    }

    @Test
    void isToldOfWhenItIsTooLarge() {
        var answer = RawClient.ask(listener.port(), "GET / HTTP/1.1\nHost: a\n" + "X: y\n".repeat(200) + "\n");

        assertThat(answer.status()).isEqualTo(431);
        assertThat(refused).containsExactly(Refusal.HEAD_TOO_LARGE);
    }

    @Test
    void isToldOfOverHttp2Too() {
        var many = Collections.nCopies(400, "x").toArray(String[]::new);
        try (var client = Http2Client.to(listener)) {
            assertThat(client.get(1, "/a//b").answer(1).status()).isEqualTo(400);
            assertThat(client.get(3, "/", many).answer(3).status()).isEqualTo(431);
        }

        assertThat(refused).containsExactly(Refusal.AMBIGUOUS_PATH, Refusal.HEAD_TOO_LARGE);
    }
}
