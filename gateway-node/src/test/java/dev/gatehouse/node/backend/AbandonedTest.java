package dev.gatehouse.node.backend;

import static dev.gatehouse.node.backend.ScriptedUpstream.butThenSilence;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.node.exchange.Exchanges;
import java.io.IOException;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** A client that takes its request back. */
class AbandonedTest {

    @Test
    void endsTheCallBeforeItsAnswerAndAsksNobodyElse() throws Exception {
        try (var upstream = new ScriptedUpstream(butThenSilence(""));
                var other = ScriptedUpstream.answering(ScriptedUpstream.OK);
                var proxied = Proxied.to(Proxied.ONE, Proxied.PATIENT, upstream, other);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var exchange = Exchanges.get("/");
            var answer = threads.submit(() -> proxied.ask(exchange));
            await().until(() -> upstream.requests().size() == 1);

            exchange.abandon();

            assertThat(answer.get().refusal()).contains(Refusal.CLIENT_GONE);
            await().until(() -> upstream.ended() == 1);
            assertThat(upstream.requests()).hasSize(1);
            assertThat(other.requests()).isEmpty();
        }
    }

    @Test
    void endsTheCallInTheMiddleOfItsAnswer() throws IOException {
        try (var upstream = new ScriptedUpstream(butThenSilence("HTTP/1.1 200 OK\nContent-Length: 10\n\nhell"));
                var proxied = Proxied.to(upstream)) {
            var exchange = Exchanges.get("/");
            try (var response = proxied.start(exchange)) {
                assertThat(response.body().stream().readNBytes(4)).hasSize(4);

                exchange.abandon();

                await().until(() -> upstream.ended() == 1);
            }
        }
    }

    @Test
    void doesNotHarmTheConnectionOfAnExchangeThatIsOver() {
        try (var upstream = ScriptedUpstream.answering(ScriptedUpstream.OK);
                var proxied = Proxied.to(upstream)) {
            var exchange = Exchanges.get("/");
            proxied.ask(exchange);

            exchange.abandon();
            proxied.get();

            assertThat(upstream.connections()).isEqualTo(1);
        }
    }
}
