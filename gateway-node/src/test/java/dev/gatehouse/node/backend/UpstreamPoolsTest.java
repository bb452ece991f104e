package dev.gatehouse.node.backend;

import static dev.gatehouse.node.backend.ScriptedUpstream.OK;
import static dev.gatehouse.node.backend.ScriptedUpstream.always;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.node.exchange.Exchanges;
import dev.gatehouse.node.exchange.Response;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A configuration is swapped for another: the proxies of the old one are dropped, as nobody can reach them any more. */
class UpstreamPoolsTest {

    private final UpstreamPools pools = new UpstreamPools();

    @AfterEach
    void close() {
        pools.close();
    }

    @Test
    void keepNothingOfAThousandServicesThatWereReplaced() {
        Proxy last = null;
        for (int i = 0; i < 1_000; i++) {
            var tls = new UpstreamTls(List.of(), null, "service-" + i, true);
            var terms = new UpstreamTerms(Proxied.PATIENT, i % 2 == 0, tls, WebSockets.NONE);
            last = Proxies.to(List.of(URI.create("https://127.0.0.1:" + (1_000 + i))), terms, pools);
        }
        assertThat(pools.size()).isGreaterThan(0);

        awaitCollected(() -> pools.size() == 1 && pools.contexts() == 1);
        assertThat(last).isNotNull();
    }

    @Test
    void closeTheIdleConnectionsOfAServiceThatIsAskedNoLonger() {
        try (var upstream = ScriptedUpstream.answering(OK)) {
            try (var response = ask(upstream)) {
                assertThat(Proxied.read(response)).isEqualTo("ok");
            }
            assertThat(upstream.ended()).isZero();

            awaitCollected(() -> upstream.ended() == 1 && pools.size() == 0);
        }
    }

    @Test
    void keepWhatOthersStillUse() {
        try (var upstream = new ScriptedUpstream(always(OK))) {
            var other = proxy(upstream);
            try (var response = ask(upstream)) {
                assertThat(Proxied.read(response)).isEqualTo("ok");
            }
            ask(new ScriptedUpstream(always(OK))).close();

            awaitCollected(() -> pools.size() == 1);
            try (var response = other.handle(Exchanges.get("/"))) {
                assertThat(Proxied.read(response)).isEqualTo("ok");
            }
            assertThat(upstream.connections()).isOne();
        }
    }

    @Test
    void letAnAnswerThatIsOnItsWayComeToItsEnd() throws InterruptedException {
        var go = new CountDownLatch(1);
        try (var upstream = new ScriptedUpstream(gateway -> {
            gateway.request();
            gateway.say("HTTP/1.1 200 OK\nContent-Length: 4\n\nab");
            go.await();
            gateway.sayRaw("cd");
            gateway.rest();
        })) {
            try (var response = ask(upstream)) {
                // what is dropped beside it is gone, so this one's proxy is, too
                ask(new ScriptedUpstream(always(OK))).close();
                awaitCollected(() -> pools.size() == 1);
                go.countDown();
                assertThat(Proxied.read(response)).isEqualTo("abcd");
            }
            awaitCollected(() -> pools.size() == 0);
            assertThat(upstream.ended()).isOne();
        }
    }

    private Proxy proxy(ScriptedUpstream upstream) {
        return Proxies.to(List.of(upstream.url()), UpstreamTerms.plain(Proxied.PATIENT), pools);
    }

    /** Through a proxy that nobody keeps. */
    private Response ask(ScriptedUpstream upstream) {
        return proxy(upstream).handle(Exchanges.get("/"));
    }

    private static void awaitCollected(BooleanSupplier condition) {
        await().until(() -> {
            System.gc();
            return condition.getAsBoolean();
        });
    }
}
