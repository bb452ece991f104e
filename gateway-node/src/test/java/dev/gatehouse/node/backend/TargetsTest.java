package dev.gatehouse.node.backend;

import static dev.gatehouse.node.backend.ScriptedUpstream.OK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.node.exchange.Body;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Exchanges;
import dev.gatehouse.node.exchange.Outbound;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which target gets a request, and what of it. */
class TargetsTest {

    private static final UpstreamTimes HASTY = new UpstreamTimes(Duration.ofMillis(300), Duration.ofSeconds(20));

    private final ScriptedUpstream upstream = ScriptedUpstream.answering(OK);

    @AfterEach
    void stop() {
        upstream.close();
    }

    @Test
    void takesTurns() {
        try (var other = ScriptedUpstream.answering(OK);
                var proxied = Proxied.to(upstream, other)) {
            for (int i = 0; i < 6; i++) {
                proxied.get();
            }

            assertThat(upstream.requests()).hasSize(3);
            assertThat(other.requests()).hasSize(3);
        }
    }

    @Test
    void passesOverTheOneThatIsDownWhateverTheRequest() throws IOException {
        try (var down = Unreachable.refusing();
                var proxied = proxied(HASTY, down.url(), upstream.url())) {
            for (int i = 0; i < 4; i++) {
                var body = Body.of("text".getBytes(StandardCharsets.US_ASCII));
                assertThat(proxied.ask(Exchanges.post("/", body)).status()).isEqualTo(200);
            }

            assertThat(upstream.requests())
                    .extracting("body")
                    .containsOnly("text")
                    .hasSize(4);
        }
    }

    @Test
    void passesOverTheOneThatDoesNotAcceptInTime() throws IOException {
        try (var full = Unreachable.silent();
                var proxied = proxied(HASTY, full.url(), upstream.url())) {
            for (int i = 0; i < 2; i++) {
                assertThat(proxied.get().body()).isEqualTo("ok");
            }
        }
    }

    @Test
    void saysThatNoneIsReachableAndNamesNone() throws IOException {
        try (var down = Unreachable.refusing();
                var full = Unreachable.silent();
                var proxied = proxied(HASTY, down.url(), full.url());
                var response = proxied.start(Exchanges.get("/"))) {
            assertThat(response.status()).isEqualTo(504);
            var rejection = response.rejection();
            assertThat(rejection).isNotNull();
            assertThat(rejection.refusal()).isEqualTo(Refusal.UPSTREAM_CONNECT_TIMEOUT);
            assertThat(rejection.reason()).doesNotContain("127.0.0.1");
        }
    }

    @Test
    void getsTheRewrittenPathBelowItsOwnAndTheQueryAsItWasSent() {
        var target = URI.create(upstream.url() + "/base/");
        try (var proxied = new Proxied(PoolLimits.DEFAULT, Proxied.PATIENT, List.of(target))) {
            proxied.ask(rewritten("/api/caf%C3%A9?x=%zz&[]|y=%2f", "/users/caf%C3%A9"));
            proxied.ask(rewritten("/api/7?", "/users/7"));
            proxied.ask(rewritten("/api/7", "/users/7"));

            assertThat(upstream.requests())
                    .extracting("target")
                    .containsExactly("/base/users/caf%C3%A9?x=%zz&[]|y=%2f", "/base/users/7?", "/base/users/7");
        }
    }

    @Test
    void getsTheAsteriskOfOptions() {
        try (var proxied = new Proxied(PoolLimits.DEFAULT, Proxied.PATIENT, List.of(upstream.url()))) {
            proxied.ask(Exchanges.of("OPTIONS", "*"));

            assertThat(upstream.requests()).extracting("target").containsExactly("*");
        }
    }

    @Test
    void isNotAskedForAPathThatHasTwoReadings() {
        for (var rewritten : new String[] {"", "x", "//", "/a/../b", "/%2e%2e", "/a b", "/a\r\nX: y"}) {
            try (var proxied = new Proxied(PoolLimits.DEFAULT, Proxied.PATIENT, List.of(upstream.url()))) {
                assertThat(proxied.ask(rewritten("/", rewritten)).refusal()).contains(Refusal.AMBIGUOUS_PATH);
            }
        }
        assertThat(upstream.requests()).isEmpty();
    }

    private static Exchange rewritten(String target, String path) {
        var exchange = Exchanges.get(target);
        exchange.outbound(Outbound.of(exchange).withPath(path));
        return exchange;
    }

    private static Proxied proxied(UpstreamTimes times, URI... targets) {
        return new Proxied(PoolLimits.DEFAULT, times, List.of(targets));
    }
}
