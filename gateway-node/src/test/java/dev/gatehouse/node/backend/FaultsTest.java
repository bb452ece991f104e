package dev.gatehouse.node.backend;

import static dev.gatehouse.node.backend.ScriptedUpstream.OK;
import static dev.gatehouse.node.backend.ScriptedUpstream.always;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.node.backend.ScriptedUpstream.Peer;
import dev.gatehouse.node.backend.ScriptedUpstream.Script;
import dev.gatehouse.node.exchange.Exchanges;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * A service that breaks HTTP/1.1, or off: what the client gets for it, and that with one turn for all requests the next
 * one has its turn.
 */
class FaultsTest {

    private static final UpstreamTimes HASTY = new UpstreamTimes(Duration.ofSeconds(2), Duration.ofMillis(500));

    private interface Step {
        void take(Peer gateway) throws IOException;
    }

    static final List<Arguments> BEFORE = List.of(
            before("closes", Refusal.UPSTREAM_BROKEN, gateway -> {}),
            before("resets", Refusal.UPSTREAM_BROKEN, Peer::reset),
            before("closes in the head", Refusal.UPSTREAM_BROKEN, gateway -> gateway.say("HTTP/1.1 200 OK\nX: y")),
            before("resets in the head", Refusal.UPSTREAM_BROKEN, gateway -> {
                gateway.say("HTTP/1.1 200 OK\nX: y");
                gateway.reset();
            }),
            before(
                    "closes after an interim answer",
                    Refusal.UPSTREAM_BROKEN,
                    gateway -> gateway.say("HTTP/1.1 103 X\n\n")),
            before("never ends its head", Refusal.UPSTREAM_BROKEN, gateway -> {
                gateway.say("HTTP/1.1 200 OK\n");
                while (true) {
                    gateway.say("X: y\n");
                }
            }),
            before("never comes to the answer", Refusal.UPSTREAM_BROKEN, gateway -> {
                while (true) {
                    gateway.say("HTTP/1.1 103 Early Hints\n\n");
                }
            }),
            before("speaks HTTP/2", Refusal.UPSTREAM_BROKEN, gateway -> gateway.sayRaw("\0\0\0\4\0\0\0\0\0")),
            before("says nothing", Refusal.UPSTREAM_TIMEOUT, Peer::rest),
            before("stops in the head", Refusal.UPSTREAM_TIMEOUT, gateway -> {
                gateway.say("HTTP/1.1 200 OK\n");
                gateway.rest();
            }));

    static final List<Arguments> AFTER = List.of(
            after("closes", gateway -> {}), after("resets", Peer::reset), after("says nothing more", Peer::rest));

    @ParameterizedTest(name = "{0}")
    @FieldSource("BEFORE")
    void isRefusedBeforeTheFirstByte(String name, Refusal refusal, Script script) {
        try (var upstream = new ScriptedUpstream(script, always(OK));
                var proxied = Proxied.to(
                        Proxied.ONE, refusal == Refusal.UPSTREAM_TIMEOUT ? HASTY : Proxied.PATIENT, upstream)) {
            assertThat(proxied.ask(Exchanges.of("POST", "/")).refusal()).contains(refusal);
            await().until(() -> proxied.get().body().equals("ok"));
            await().until(() -> upstream.ended() == 1);
        }
    }

    @ParameterizedTest(name = "{0}")
    @FieldSource("AFTER")
    void isCutOffAfterIt(String name, Script script) {
        try (var upstream = new ScriptedUpstream(script, always(OK));
                var proxied =
                        Proxied.to(Proxied.ONE, name.startsWith("says nothing") ? HASTY : Proxied.PATIENT, upstream)) {
            try (var response = proxied.start(Exchanges.of("POST", "/"))) {
                assertThat(response.status()).isEqualTo(200);
                assertThatIOException()
                        .isThrownBy(() -> response.body().stream().readAllBytes());
            }
            await().until(() -> proxied.get().body().equals("ok"));
            await().until(() -> upstream.ended() == 1);
        }
    }

    private static Arguments before(String name, Refusal refusal, Step step) {
        return Arguments.of(name, refusal, script(step));
    }

    private static Arguments after(String name, Step step) {
        return Arguments.of(name, script(gateway -> {
            gateway.say("HTTP/1.1 200 OK\nContent-Length: 10\n\nhello");
            step.take(gateway);
        }));
    }

    private static Script script(Step step) {
        return gateway -> {
            gateway.request();
            step.take(gateway);
        };
    }
}
