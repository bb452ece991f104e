package dev.gatehouse.node.backend;

import static dev.gatehouse.node.backend.ScriptedUpstream.OK;
import static dev.gatehouse.node.backend.ScriptedUpstream.always;
import static dev.gatehouse.node.backend.ScriptedUpstream.butThenSilence;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.node.backend.ScriptedUpstream.Script;
import dev.gatehouse.node.exchange.Body;
import dev.gatehouse.node.exchange.Exchanges;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a request is sent again, and when it is not. */
class RetriesTest {

    private static final String AWAY = "HTTP/1.1 503 Service Unavailable\nContent-Length: 4\n\naway";

    /** Everything is a reason, and nothing is waited for. */
    private static final String EAGER =
            "retry: { attempts: 3, on: [timeout, broken, 502, 503], backoff: 0s, max-body: 8B }";

    private static final Script RESETS = gateway -> {
        gateway.request();
        gateway.reset();
    };

    private static final Script STOPS_IN_THE_HEAD = gateway -> {
        gateway.request();
        gateway.say("HTTP/1.1 200 OK\nConte");
    };

    @Test
    void asksAnotherTargetAfterAStatusThatWasChosenAndSaysHowOften() {
        try (var away = ScriptedUpstream.answering(AWAY);
                var well = ScriptedUpstream.answering(OK);
                var proxied = Resilient.of("retry: { on: [503], backoff: 0s, header: X-Attempts }", "", away, well)) {
            var exchange = Exchanges.get("/");
            var answer = proxied.ask(exchange);

            assertThat(answer.body()).isEqualTo("ok");
            assertThat(answer.headers().first("X-Attempts")).contains("2");
            var last = exchange.attempts();
            assertThat(last).isNotNull();
            assertThat(last.status()).isEqualTo(200);
            assertThat(last.target()).isEqualTo(well.url().toString());
            assertThat(last.before()).isNotNull();
            assertThat(last.before().status()).isEqualTo(503);
            proxied.assertNothingIsLeft();
            // what was not wanted was read, so its connection is good for the next
            proxied.get();
            assertThat(away.connections()).isOne();
        }
    }

    @Test
    void passesOnAStatusThatWasNotChosen() {
        try (var away = ScriptedUpstream.answering(AWAY);
                var proxied = Resilient.of("", "", away)) {
            assertThat(proxied.get().body()).isEqualTo("away");
            assertThat(away.requests()).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"GET, '', 4", "PUT, text, 4", "PUT, much too long, 1", "POST, text, 1"})
    void sendsAgainOnlyWhatDoesNoHarmAndWasKept(String method, String body, int times) {
        try (var away = ScriptedUpstream.answering(AWAY);
                var proxied = Resilient.of(EAGER, "", away)) {
            var exchange = Exchanges.of(method, "/");
            exchange.body(Body.of(body.getBytes(StandardCharsets.US_ASCII)));
            assertThat(proxied.ask(exchange).body()).isEqualTo("away");
            assertThat(away.requests()).extracting("body").hasSize(times).containsOnly(body);
            proxied.assertNothingIsLeft();
        }
    }

    @Test
    void anIdempotencyKeyMakesItHarmlessAlsoWhereTheLengthShowsAtTheEndOnly() {
        try (var resets = new ScriptedUpstream(RESETS, always(OK));
                var proxied = Resilient.of(EAGER, "", resets)) {
            var body = new StreamedBody(
                    Body.UNKNOWN, new ByteArrayInputStream("text".getBytes(StandardCharsets.US_ASCII)));
            var answer = proxied.ask(Exchanges.post("/", body, "Idempotency-Key", "1"));
            assertThat(answer.body()).isEqualTo("ok");
            assertThat(resets.requests()).extracting("body").containsExactly("text", "text");
        }
    }

    @Test
    void triesAgainWhatTakesTooLongOrBreaksOff() {
        try (var silent = new ScriptedUpstream(butThenSilence(""));
                var broken = new ScriptedUpstream(STOPS_IN_THE_HEAD);
                var well = ScriptedUpstream.answering(OK);
                var proxied = Resilient.of("try-timeout: 1s, " + EAGER, "", silent, broken, well)) {
            var exchange = Exchanges.get("/");
            assertThat(proxied.ask(exchange).body()).isEqualTo("ok");
            assertThat(exchange.attempts()).isNotNull().matches(last -> last.number() == 3);
            proxied.assertNothingIsLeft();
        }
    }

    @Test
    void saysThatNoTryWasInTime() {
        try (var silent = new ScriptedUpstream(butThenSilence(""));
                var proxied = Resilient.of("try-timeout: 500ms, retry: { on: [timeout], backoff: 0s }", "", silent)) {
            assertThat(proxied.get().refusal()).contains(Refusal.UPSTREAM_TRY_TIMEOUT);
            await().until(() -> silent.requests().size() == 2);
            proxied.assertNothingIsLeft();
        }
    }

    @Test
    void nothingThatWasPartlyPassedOnIsTriedAgain() {
        var half = "HTTP/1.1 200 OK\nContent-Length: 10\n\nhalf";
        try (var breaks = new ScriptedUpstream(ScriptedUpstream.once(half));
                var proxied = Resilient.of(EAGER, "", breaks)) {
            var exchange = Exchanges.get("/");
            try (var response = proxied.start(exchange)) {
                assertThatIOException()
                        .isThrownBy(() -> response.body().stream().readAllBytes());
            }
            assertThat(breaks.requests()).hasSize(1);
            assertThat(exchange.cutBy()).isEqualTo(Refusal.UPSTREAM_BROKEN);
            proxied.assertNothingIsLeft();
        }
        try (var hints = new ScriptedUpstream(ScriptedUpstream.once("HTTP/1.1 103 Early Hints\n\n"));
                var proxied = Resilient.of(EAGER, "", hints)) {
            assertThat(proxied.get().refusal()).contains(Refusal.UPSTREAM_BROKEN);
            assertThat(hints.requests()).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "120 | 1",
                "Fri, 31 Dec 9999 23:59:59 GMT | 1",
                "soon | 1",
                "0 | 4",
                "Sat, 01 Jan 2000 00:00:00 GMT | 4"
            })
    void doesNotAskAgainWhoWantsALongerBreak(String after, int times) {
        try (var away = ScriptedUpstream.answering(AWAY.replace("\n\n", "\nRetry-After: " + after + "\n\n"));
                var proxied = Resilient.of(EAGER, "", away)) {
            assertThat(proxied.get().status()).isEqualTo(503);
            assertThat(away.requests()).hasSize(times);
        }
    }

    @Test
    void readsADateAsTheTimeUntilThen() {
        var now = Instant.parse("2026-11-28T19:30:00.250Z");
        assertThat(Tries.nanos("Sat, 28 Nov 2026 19:30:01 GMT", now)).isEqualTo(750_000_000);
        assertThat(Tries.nanos("Sat, 28 Nov 2026 19:30:00 GMT", now)).isNegative();
        assertThat(Tries.nanos("3", now)).isEqualTo(3_000_000_000L);
    }

    @Test
    void passesTheLastAnswerOnWhenNobodyIsLeftToBeAsked() {
        try (var away = ScriptedUpstream.answering(AWAY);
                var proxied = Resilient.of(EAGER, "target-breaker: { active: true, least-calls: 1 }", away)) {
            assertThat(proxied.get().body()).isEqualTo("away");
            assertThat(proxied.get().refusal()).contains(Refusal.NO_HEALTHY_TARGET);
            proxied.assertNothingIsLeft();
        }
    }

    @Test
    void staysWithinItsBudget() {
        try (var away = ScriptedUpstream.answering(AWAY);
                var resets = new ScriptedUpstream(RESETS);
                var proxied = Resilient.of(EAGER, "retry-budget: { percent: 20, per-second: 0 }", away, resets)) {
            for (int i = 0; i < 200; i++) {
                proxied.get();
            }
            assertThat(away.requests().size() + resets.requests().size()).isBetween(230, 240);
            proxied.assertNothingIsLeft();
        }
    }

    @Test
    void whatCouldSucceedElsewhereDoesWithHalfOfTheTargetsDown() throws Exception {
        try (var down = Unreachable.refusing();
                var resets = new ScriptedUpstream(RESETS);
                var one = ScriptedUpstream.answering(OK);
                var other = ScriptedUpstream.answering(OK);
                var proxied = new Resilient(
                        "retry: { attempts: 1 }",
                        "retry-budget: { percent: 100 }",
                        List.of(down.url(), one.url(), resets.url(), other.url()),
                        Map.of())) {
            for (int i = 0; i < 100; i++) {
                assertThat(proxied.get().body()).isEqualTo("ok");
            }
            proxied.assertNothingIsLeft();
        }
    }
}
