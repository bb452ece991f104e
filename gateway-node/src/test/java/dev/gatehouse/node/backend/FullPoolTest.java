package dev.gatehouse.node.backend;

import static dev.gatehouse.node.backend.ScriptedUpstream.OK;
import static dev.gatehouse.node.backend.ScriptedUpstream.always;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Exchanges;
import dev.gatehouse.node.exchange.Response;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What becomes of a request where a node has no connection left to a target: nothing was sent, so any other will do. */
class FullPoolTest {

    private static final UpstreamTimes SLOW = new UpstreamTimes(Duration.ofHours(1), Duration.ofHours(1));
    private static final UpstreamTimes HASTY = new UpstreamTimes(Duration.ofMillis(20), Duration.ofHours(1));

    /** Whose answer has no end. */
    private static final ScriptedUpstream.Script HELD = gateway -> {
        gateway.request();
        gateway.say("HTTP/1.1 200 OK\n\n");
        gateway.rest();
    };

    @Test
    void anotherTargetIsAskedAtOnce() {
        try (var full = new ScriptedUpstream(HELD);
                var free = new ScriptedUpstream(always(OK));
                var proxied = Proxied.to(Proxied.ONE, SLOW, full, free);
                var _ = held(proxied)) {
            for (int i = 0; i < 4; i++) {
                assertThat(proxied.get().body()).isEqualTo("ok");
            }

            assertThat(full.connections()).isOne();
        }
    }

    @Test
    void whereAllAreFullThatOneIsWaitedForWhichLetGoLast() {
        try (var hangs = new ScriptedUpstream(HELD);
                var works = new ScriptedUpstream(always("HTTP/1.1 200 OK\nContent-Length: 2\n\nok"));
                var proxied = Proxied.to(Proxied.ONE, SLOW, hangs, works);
                var _ = held(proxied)) {
            assertThat(proxied.get().body()).isEqualTo("ok");
            var running = proxied.start(Exchanges.get("/"));
            var exchange = Exchanges.get("/");
            var waiting = CompletableFuture.supplyAsync(() -> proxied.ask(exchange), Thread::startVirtualThread);
            await().until(() -> asked(exchange) == 2);
            assertThat(waiting).isNotDone();

            Proxied.read(running);

            assertThat(waiting.join().body()).isEqualTo("ok");
            running.close();
        }
    }

    @Test
    void whoWaitedInVainIsToldAndNoTargetIsBlamed() {
        try (var one = new ScriptedUpstream(HELD, always(OK));
                var other = new ScriptedUpstream(HELD, always(OK));
                var proxied = Proxied.to(Proxied.ONE, HASTY, one, other)) {
            try (var _ = held(proxied);
                    var _ = held(proxied)) {
                for (int i = 0; i < 6; i++) {
                    var exchange = Exchanges.get("/");
                    var refused = proxied.ask(exchange);

                    assertThat(refused.refusal()).contains(Refusal.POOL_FULL);
                    assertThat(refused.status()).isEqualTo(503);
                    assertThat(refused.headers().first("Retry-After")).contains("1");
                    assertThat(asked(exchange)).isEqualTo(3);
                }
            }

            await().until(() -> {
                proxied.get();
                return one.requests().size() > 2 && other.requests().size() > 2;
            });
        }
    }

    private static int asked(Exchange exchange) {
        var attempts = exchange.attempts();
        return attempts == null ? 0 : attempts.number();
    }

    /** A request whose answer is on its way for good. */
    private static Response held(Proxied proxied) {
        return proxied.start(Exchanges.get("/"));
    }
}
