package dev.gatehouse.node.server;

import static dev.gatehouse.node.server.Listening.ANY_PORT;
import static dev.gatehouse.node.server.Listening.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CrowdTest {

    private static final String GET = "GET / HTTP/1.1\nHost: a\n\n";

    private final List<RawClient> crowd = new ArrayList<>();

    @AfterEach
    void leave() {
        crowd.forEach(RawClient::close);
    }

    @Test
    void cutsASlowCrowdAtItsDeadlineWhileTheOthersNoticeNothing() {
        var settings = ANY_PORT.withDeadlines(Deadlines.DEFAULT.withHead(Duration.ofSeconds(3)));
        try (var listener = HttpListener.start(settings, _ -> text("ok"));
                var good = new RawClient(listener.port())) {
            join(listener, 1_000, "GET / HTTP/1.1\nHost: a\nX: ");
            var waiting = new ArrayList<>(crowd);
            await().atMost(Duration.ofSeconds(60)).until(() -> {
                assertThat(good.send(GET).answer().status()).isEqualTo(200);
                assertThat(RawClient.ask(listener.port(), GET).status()).isEqualTo(200);
                waiting.removeIf(RawClient::hasAnswer);
                return waiting.isEmpty();
            });

            assertThat(crowd).allSatisfy(client -> assertThat(client.rest()).startsWith("HTTP/1.1 408"));
            assertThat(listener.shed()).isZero();
        }
    }

    @Test
    void closesTheLongestIdleOnesToMakeRoom() {
        try (var listener = HttpListener.start(ANY_PORT.withMaxConnections(40, 40), _ -> text("ok"))) {
            join(listener, 39, "");
            assertThat(crowd.getFirst().rest()).isEmpty();
            assertThat(crowd.stream().filter(RawClient::ended)).containsExactly(crowd.getFirst());

            for (int i = 0; i < 20; i++) {
                await().ignoreExceptions().until(() -> {
                    join(listener, 1, GET);
                    return crowd.getLast().answer().status() == 200;
                });
            }
        }
    }

    @Test
    void closesAtOnceWhoIsOneTooMany() {
        try (var listener = HttpListener.start(ANY_PORT.withMaxConnections(4, 4), _ -> text("ok"))) {
            // busy ones are not closed for newcomers
            join(listener, 10, "GET / HTTP/1.1\n");

            assertThat(crowd.getLast().rest()).isEmpty();
            assertThat(listener.shed()).isPositive();
            crowd.forEach(RawClient::close);
            await().ignoreExceptions()
                    .until(() -> RawClient.ask(listener.port(), GET).status() == 200);
        }
    }

    private void join(HttpListener listener, int count, String text) {
        for (int i = 0; i < count; i++) {
            var client = new RawClient(listener.port());
            crowd.add(client);
            client.send(text);
        }
    }
}
