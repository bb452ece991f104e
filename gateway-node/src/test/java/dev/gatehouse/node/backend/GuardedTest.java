package dev.gatehouse.node.backend;

import static dev.gatehouse.node.backend.ScriptedUpstream.OK;
import static dev.gatehouse.node.backend.ScriptedUpstream.always;
import static dev.gatehouse.node.backend.ScriptedUpstream.butThenSilence;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.db.store.TargetState.Condition;
import dev.gatehouse.node.exchange.Exchanges;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A service that is given time, and one that gets no more than it may. */
class GuardedTest {

    private static final String FAILS = "HTTP/1.1 500 Failed\nContent-Length: 0\n\n";

    @Test
    void anOpenCircuitAsksNothingAndSaysWhen() {
        try (var fails = ScriptedUpstream.answering(FAILS);
                var proxied = Resilient.of("", "breaker: { active: true, least-calls: 5, open: 30s }", fails)) {
            for (int i = 0; i < 5; i++) {
                assertThat(proxied.get().status()).isEqualTo(500);
            }
            var answer = proxied.get();
            assertThat(answer.refusal()).contains(Refusal.CIRCUIT_OPEN);
            assertThat(answer.headers().first("Retry-After")).contains("30");
            assertThat(fails.requests()).hasSize(5);
            assertThat(proxied.guards().problems())
                    .singleElement()
                    .asString()
                    .startsWith("The circuit of service 'users' is open since ")
                    .endsWith(": 5 of 5 calls failed.");
            proxied.assertNothingIsLeft();
        }
    }

    @Test
    void anAnswerThatBreaksOffCountsAsOneCallThatFailed() {
        var whole = ScriptedUpstream.once(OK.replace("\n\n", "\nConnection: close\n\n"));
        var half = ScriptedUpstream.once("HTTP/1.1 200 OK\nContent-Length: 9\n\nhalf");
        for (var breaker : List.of("breaker", "target-breaker")) {
            try (var cuts = new ScriptedUpstream(whole, half);
                    var proxied =
                            Resilient.of("", breaker + ": { active: true, least-calls: 4, failure-rate: 75 }", cuts)) {
                assertThat(proxied.get().body()).isEqualTo("ok");
                for (int i = 0; i < 3; i++) {
                    assertThat(proxied.guards().problems()).isEmpty();
                    try (var cut = proxied.start(Exchanges.get("/"))) {
                        assertThatIOException()
                                .isThrownBy(() -> cut.body().stream().readAllBytes());
                    }
                }
                assertThat(proxied.guards().problems())
                        .singleElement()
                        .asString()
                        .endsWith(": 3 of 4 calls failed.");
            }
        }
    }

    @Test
    void aTargetWhoseCircuitIsOpenIsToldWithWhyAndSinceWhen() {
        try (var fails = ScriptedUpstream.answering(FAILS);
                var proxied = Resilient.of("", "target-breaker: { active: true, least-calls: 1, open: 30s }", fails)) {
            proxied.get();
            assertThat(proxied.states()).singleElement().satisfies(state -> {
                assertThat(state.condition()).isEqualTo(Condition.BROKEN);
                assertThat(state.why()).isEqualTo("1 of 1 calls failed");
                assertThat(state.since()).isAfter(Instant.EPOCH);
            });
        }
    }

    @Test
    void aTargetThatFailsIsPassedOverAndComesBackWhenAProbeIsGood() {
        try (var flaps = new ScriptedUpstream(gateway -> {
                    for (int i = 0; i < 3; i++) {
                        gateway.request();
                        gateway.say(FAILS);
                    }
                    always(OK).play(gateway);
                });
                var well = ScriptedUpstream.answering(OK);
                var proxied = Resilient.of(
                        "", "target-breaker: { active: true, least-calls: 3, open: 1s, probes: 1 }", flaps, well)) {
            for (int i = 0; i < 6; i++) {
                proxied.get();
            }
            assertThat(flaps.requests()).hasSize(3);
            await().until(() -> {
                assertThat(proxied.get().body()).isEqualTo("ok");
                return flaps.requests().size() > 5;
            });
            assertThat(proxied.guards().problems()).isEmpty();
            proxied.assertNothingIsLeft();
        }
    }

    @Test
    void aBulkheadIsLeftWhenTheAnswerHasBeenPassedOn() {
        try (var upstream = ScriptedUpstream.answering(OK);
                var proxied = Resilient.of("", "bulkhead: { requests: 1 }", upstream)) {
            try (var running = proxied.start(Exchanges.get("/"))) {
                var refused = proxied.get();
                assertThat(refused.refusal()).contains(Refusal.BULKHEAD_FULL);
                assertThat(refused.headers().first("Retry-After")).contains("1");
                assertThat(proxied.guards().problems()).hasSize(1);
                assertThat(Proxied.read(running)).isEqualTo("ok");
            }
            assertThat(proxied.get().body()).isEqualTo("ok");
            assertThat(proxied.guards().problems()).isEmpty();
        }
    }

    @Test
    void whateverHappensToARequestItLeavesItsBulkhead() {
        var endings = new ScriptedUpstream(
                ScriptedUpstream.once("HTTP/1.1 200 OK\nContent-Length: 9\n\nhalf"),
                ScriptedUpstream.once("garbage\n\n"),
                gateway -> {
                    gateway.request();
                    gateway.reset();
                },
                butThenSilence(""),
                always(OK));
        try (endings;
                var proxied =
                        Resilient.of("try-timeout: 1s, retry: { attempts: 0 }", "bulkhead: { requests: 1 }", endings)) {
            try (var cut = proxied.start(Exchanges.get("/"))) {
                assertThatIOException().isThrownBy(() -> cut.body().stream().readAllBytes());
            }
            assertThat(proxied.get().refusal()).contains(Refusal.UPSTREAM_BROKEN);
            assertThat(proxied.get().refusal()).contains(Refusal.UPSTREAM_BROKEN);
            assertThat(proxied.get().refusal()).contains(Refusal.UPSTREAM_TRY_TIMEOUT);
            assertThat(proxied.get().body()).isEqualTo("ok");
            proxied.assertNothingIsLeft();
        }
    }

    @Test
    void anAnswerThatStandsStillIsCutAndSaysWhy() {
        var half = "HTTP/1.1 200 OK\nContent-Length: 9\n\nhalf";
        try (var stops = new ScriptedUpstream(butThenSilence(half));
                var proxied = Resilient.of("", "idle-timeout: 100ms", stops)) {
            var exchange = Exchanges.get("/");
            try (var response = proxied.start(exchange)) {
                assertThatIOException()
                        .isThrownBy(() -> response.body().stream().readAllBytes());
            }
            assertThat(exchange.cutBy()).isEqualTo(Refusal.UPSTREAM_IDLE);
        }
        try (var stops = new ScriptedUpstream(butThenSilence(half));
                var proxied = Resilient.of("", "", stops)) {
            var exchange = Exchanges.get("/");
            exchange.endWithin(Duration.ofSeconds(1));
            try (var response = proxied.start(exchange)) {
                assertThatIOException()
                        .isThrownBy(() -> response.body().stream().readAllBytes());
            }
            assertThat(exchange.cutBy()).isEqualTo(Refusal.DEADLINE_EXCEEDED);
            proxied.assertNothingIsLeft();
        }
    }

    @Test
    void tellsHowMuchTimeIsLeftInItsOwnWords() {
        try (var upstream = ScriptedUpstream.answering(OK);
                var proxied = Resilient.of("", "deadline-header: X-Time-Left", upstream);
                var grpc = Resilient.of("try-timeout: 20s", "deadline-header: grpc-timeout", upstream)) {
            var exchange = Exchanges.get("/", "X-Time-Left", "999999");
            exchange.answerWithin(Duration.ofSeconds(30));
            proxied.ask(exchange);
            assertThat(upstream.requests().getLast().headers().all("X-Time-Left"))
                    .singleElement()
                    .satisfies(left -> assertThat(Long.parseLong(left)).isBetween(20_000L, 30_000L));
            proxied.get();
            assertThat(upstream.requests().getLast().headers().contains("X-Time-Left"))
                    .isFalse();
            grpc.get();
            assertThat(upstream.requests().getLast().headers().first("grpc-timeout"))
                    .hasValueSatisfying(left -> assertThat(left).matches("1[0-9]{4}m|20000m"));
        }
    }
}
