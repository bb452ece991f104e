package dev.gatehouse.node.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.node.exchange.Rejection;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is kept of a refusal is what would have been made of it. */
class FixedRefusalTest {

    private static final Rejection MADE = Rejection.of(Refusal.MAINTENANCE, "This \"API\" is being worked on; later.")
            .with("Retry-After", "2");

    private static final Rejection KEPT = MADE.always();

    @Test
    void isOctetForOctetTheSame() {
        for (var id : List.of("12345678", "a-rather-long.id_".repeat(3), "x".repeat(64))) {
            var request = "GET / HTTP/1.1\nHost: a\nX-Request-Id: " + id + "\n\n";
            assertThat(answered(KEPT, request))
                    .isEqualTo(answered(MADE, request))
                    .contains(id);
        }
    }

    @Test
    void isTheSameWhereTheAnswerIsNotForGood() {
        for (var request : List.of(
                "HEAD / HTTP/1.1\nHost: a\nX-Request-Id: 12345678\n\n",
                "GET / HTTP/1.1\nHost: a\nX-Request-Id: 12345678\nConnection: close\n\n",
                "GET / HTTP/1.0\nX-Request-Id: 12345678\n\n",
                "POST / HTTP/1.1\nHost: a\nX-Request-Id: 12345678\nContent-Length: 2\n\nhi")) {
            assertThat(answered(KEPT, request)).isEqualTo(answered(MADE, request));
        }
    }

    @Test
    void hasWhatAFilterAddedToIt() {
        try (var listener = Listening.to(_ -> {
            var response = KEPT.toResponse();
            response.headers().add("Access-Control-Allow-Origin", "*");
            return response;
        })) {
            var answer = RawClient.ask(listener.port(), "GET / HTTP/1.1\nHost: a\n\n");

            assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo("*");
            assertThat(answer.body()).contains("\"code\":\"maintenance\"");
        }
    }

    @Test
    void leavesTheConnectionForTheNextRequest() {
        try (var listener = Listening.to(_ -> KEPT.toResponse());
                var client = new RawClient(listener.port())) {
            for (int i = 0; i < 3; i++) {
                client.send("GET / HTTP/1.1\nHost: a\n\n");
                assertThat(client.answer().status()).isEqualTo(503);
            }
        }
    }

    /** All that comes, but for when. */
    private static String answered(Rejection rejection, String request) {
        try (var listener = Listening.to(_ -> rejection.toResponse());
                var client = new RawClient(listener.port())) {
            return client.send(request).endOutput().rest().replaceFirst("Date: [^\r]+", "Date: now");
        }
    }
}
