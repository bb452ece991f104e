package dev.gatehouse.node.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Response;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a connection makes of its client while the answer is slow in coming. */
class LookoutTest {

    private final List<Exchange> seen = new CopyOnWriteArrayList<>();
    private final CountDownLatch held = new CountDownLatch(1);
    private final HttpListener listener = HttpListener.start(
            Listening.ANY_PORT.withDeadlines(Deadlines.DEFAULT.withHead(Duration.ofMillis(500))), this::slowly);

    private Response slowly(Exchange exchange) {
        seen.add(exchange);
        try {
            held.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Listening.text(exchange.path());
    }

    @AfterEach
    void stop() {
        held.countDown();
        listener.close();
    }

    @Test
    void servesWhatCameInsteadOfAnEnd() {
        try (var client = asking("/1")) {
            awaitTheClock();
            client.send("GET /2 HTTP/1.1\nHost: a\n\nGET /3 HTTP/1.1\nHost: a\n\n");
            held.countDown();

            assertThat(client.answer().body()).isEqualTo("/1");
            assertThat(client.answer().body()).isEqualTo("/2");
            assertThat(client.answer().body()).isEqualTo("/3");
            assertThat(seen).noneMatch(exchange -> exchange.path().length() == 2 && exchange.abandoned());
        }
    }

    @Test
    void waitsForTheNextRequestAsEver() {
        try (var client = asking("/1")) {
            awaitTheClock();
            held.countDown();

            assertThat(client.answer().body()).isEqualTo("/1");
            client.send("GET /refused HTTP/1.1\nHost: a\nExpect: much\n\n");
            assertThat(client.answer().status()).isEqualTo(417);
            awaitTheHeadsDeadline();
            client.send("GET /2 HTTP/1.1\nHost: a\n\n");
            assertThat(client.answer().body()).isEqualTo("/2");
            client.endOutput();
            assertThat(client.rest()).isEmpty();
        }
    }

    /** That of a connection on which nothing but the beginning of a head came. */
    private void awaitTheHeadsDeadline() {
        try (var slow = new RawClient(listener.port()).send("GET")) {
            assertThat(slow.answer().status()).isEqualTo(408);
        }
    }

    /** It looks at all connections in one go, so at those as well that were there before this one. */
    private void awaitTheClock() {
        asking("/gone").close();
        await().until(() -> seen.getLast().abandoned());
    }

    private RawClient asking(String path) {
        int before = seen.size();
        var client = new RawClient(listener.port()).send("GET " + path + " HTTP/1.1\nHost: a\n\n");
        await().until(() -> seen.size() > before);
        return client;
    }
}
