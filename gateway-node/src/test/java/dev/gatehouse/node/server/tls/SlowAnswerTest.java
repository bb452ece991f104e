package dev.gatehouse.node.server.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Response;
import dev.gatehouse.node.server.ListenerSettings;
import dev.gatehouse.node.server.RawClient;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** A client over TLS while its answer is slow in coming. */
class SlowAnswerTest {

    private static final String GET = "GET / HTTP/1.1\nHost: a.example\n\n";

    private final CountDownLatch held = new CountDownLatch(1);

    @Test
    void hasGoneOrGoesOn() throws IOException {
        try (var listening = new TlsListening(ListenerSettings.of("127.0.0.1", 0), this::slowly)) {
            listening.serving(listening.certificate("a.example"));
            try (var stays = new RawClient(listening.client().connect("a.example")).send(GET)) {
                await().until(() -> listening.seen.size() == 1);
                var goes = new RawClient(listening.client().connect("a.example")).send(GET);
                await().until(() -> listening.seen.size() == 2);
                var gone = listening.seen.stream().toList().getLast();
                goes.close();
                await().until(gone::abandoned);
                stays.send(GET);
                held.countDown();

                assertThat(stays.answer().body()).isEqualTo("ok");
                assertThat(stays.answer().body()).isEqualTo("ok");
                assertThat(listening.seen).filteredOn(Exchange::abandoned).containsExactly(gone);
            }
        } finally {
            held.countDown();
        }
    }

    private Response slowly(Exchange exchange) {
        try {
            held.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return TlsListening.ok();
    }
}
