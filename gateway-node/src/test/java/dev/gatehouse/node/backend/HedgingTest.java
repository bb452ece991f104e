package dev.gatehouse.node.backend;

import static dev.gatehouse.node.backend.ScriptedUpstream.OK;
import static dev.gatehouse.node.backend.ScriptedUpstream.butThenSilence;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.db.model.RouteResilience;
import dev.gatehouse.db.resilience.RetryBudget;
import dev.gatehouse.node.backend.balance.Pick;
import dev.gatehouse.node.exchange.Body;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Exchanges;
import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.exchange.Response;
import dev.gatehouse.node.resilience.Budget;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A second target beside one that is silent. */
class HedgingTest {

    private static final String SOON = "hedge: { requests: 2, delay: 20ms }, retry: { on: [503], backoff: 0s }";

    @Test
    void theFirstAnswerWinsAndTheOtherIsGivenUp() {
        try (var silent = new ScriptedUpstream(butThenSilence(""));
                var well = ScriptedUpstream.answering(OK);
                var proxied = Resilient.of(SOON, "", silent, well)) {
            for (int i = 0; i < 10; i++) {
                assertThat(proxied.get().body()).isEqualTo("ok");
            }
            assertThat(silent.requests()).hasSizeGreaterThanOrEqualTo(5);
            await().until(() -> silent.ended() == silent.connections());
            proxied.assertNothingIsLeft();
            assertThat(well.connections()).isOne();
        }
    }

    @Test
    void asksNobodyElseWhileThereIsTime() {
        try (var well = ScriptedUpstream.answering(OK);
                var spare = ScriptedUpstream.answering(OK);
                var proxied = Resilient.of("hedge: { requests: 2, delay: 10s }", "", well, spare)) {
            assertThat(proxied.get().body()).isEqualTo("ok");
            assertThat(spare.requests()).isEmpty();
            proxied.assertNothingIsLeft();
        }
    }

    @Test
    void neverDoublesWhatMayDoHarmAndNothingBeyondTheBudget() {
        try (var silent = new ScriptedUpstream(butThenSilence(""));
                var well = ScriptedUpstream.answering(OK);
                var proxied = Resilient.of(
                        "try-timeout: 150ms, " + SOON, "retry-budget: { percent: 0, per-second: 0 }", silent, well)) {
            assertThat(proxied.get().refusal()).contains(Refusal.UPSTREAM_TRY_TIMEOUT);
            assertThat(well.requests()).isEmpty();
        }
        try (var silent = new ScriptedUpstream(butThenSilence(""));
                var well = ScriptedUpstream.answering(OK);
                var proxied = Resilient.of("try-timeout: 150ms, " + SOON, "", silent, well)) {
            assertThat(proxied.ask(Exchanges.post("/", Body.empty())).refusal()).contains(Refusal.UPSTREAM_TRY_TIMEOUT);
            assertThat(well.requests()).isEmpty();
            proxied.assertNothingIsLeft();
        }
    }

    @Test
    void aBadAnswerDoesNotWinWhileAnotherIsWaitedFor() {
        var asked = new CountDownLatch(1);
        var answered = new CountDownLatch(1);
        try (var away = new ScriptedUpstream(gateway -> {
                    gateway.request();
                    asked.await();
                    gateway.say("HTTP/1.1 503 Away\nContent-Length: 0\n\n");
                    answered.countDown();
                });
                var slow = new ScriptedUpstream(gateway -> {
                    gateway.request();
                    asked.countDown();
                    answered.await();
                    gateway.say(OK);
                });
                var proxied =
                        Resilient.of("hedge: { requests: 1, delay: 1ms }, retry: { on: [503] }", "", away, slow)) {
            assertThat(proxied.get().body()).isEqualTo("ok");
            proxied.assertNothingIsLeft();
        }
    }

    @Test
    void whoHangsIsToBlameThoughAnotherAnswered() {
        try (var silent = new ScriptedUpstream(butThenSilence(""));
                var well = ScriptedUpstream.answering(OK);
                var proxied = Resilient.of(SOON, "target-breaker: { active: true, least-calls: 3 }", silent, well)) {
            for (int i = 0; i < 20; i++) {
                assertThat(proxied.get().body()).isEqualTo("ok");
            }
            assertThat(silent.requests()).hasSize(3);
            proxied.assertNothingIsLeft();
        }
    }

    @Test
    void whereNobodyElseCanBeAskedTheBudgetIsKeptForRetries() throws Exception {
        var budget = new Budget(Resilient.read(RetryBudget.class, "{ percent: 0, per-second: 1 }"), () -> 0L);
        var tries = Tries.of(Resilient.read(RouteResilience.class, "{ hedge: { requests: 1, delay: 1ms } }"), budget);
        try (var only = ScriptedUpstream.answering(OK);
                var proxied = Resilient.of("", "", only)) {
            // as many as the budget has for ten seconds
            for (int i = 0; i < 10; i++) {
                var pick = proxied.pick();
                new Race(Exchanges.get("/"), tries, new NobodyElse(), pick)
                        .run()
                        .close();
                pick.end();
            }
        }
        assertThat(budget.take()).isTrue();
    }

    /** Answers when it was looked for another target, in vain. */
    private static final class NobodyElse implements Race.Runner {

        private final CountDownLatch looked = new CountDownLatch(1);

        @Override
        public @Nullable Pick<Reach> next() {
            looked.countDown();
            return null;
        }

        @Override
        public Response run(Exchange sent, Pick<Reach> pick, BooleanSupplier hung) {
            await().until(() -> looked.getCount() == 0);
            return new Response(200, new Headers(), Body.empty());
        }

        @Override
        public void note(
                Exchange sent, Pick<Reach> pick, int status, @Nullable Refusal failure, long began, boolean hedged) {}
    }

    @Test
    void aClientThatGoesEndsAll() {
        try (var silent = new ScriptedUpstream(butThenSilence(""));
                var other = new ScriptedUpstream(butThenSilence(""));
                var proxied = Resilient.of(SOON, "", silent, other)) {
            var exchange = Exchanges.get("/");
            var asking = Thread.ofVirtual().start(() -> proxied.ask(exchange));
            await().until(() -> silent.requests().size() + other.requests().size() == 2);
            exchange.abandon();
            await().until(() -> !asking.isAlive());
            proxied.assertNothingIsLeft();
        }
    }
}
