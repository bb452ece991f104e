package dev.gatehouse.node.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.db.policy.Fault;
import dev.gatehouse.db.settings.Settings;
import dev.gatehouse.node.exchange.Body;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Exchanges;
import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.exchange.Response;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FaultInjectionTest {

    private final AtomicInteger asked = new AtomicInteger();

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 50, 99})
    void abortsItsShare(int percent) {
        var fault = fault(Map.of("abort-percent", percent));
        int requests = 20_000;
        int aborted = 0;
        for (int i = 0; i < requests; i++) {
            aborted += ask(fault, Exchanges.get("/")).status() == 503 ? 1 : 0;
        }
        double share = percent / 100.0;
        // five standard deviations
        double bound = 5 * Math.sqrt(share * (1 - share) / requests);
        assertThat((double) aborted / requests).isBetween(share - bound, share + bound);
        assertThat(asked.get()).isEqualTo(requests - aborted);
    }

    @Test
    void abortsAllOrNone() {
        var all = fault(Map.of("abort-percent", 100, "abort-status", 418));
        var none = fault(Map.of("delay", "1ms"));
        for (int i = 0; i < 1_000; i++) {
            assertThat(ask(all, Exchanges.get("/")).status()).isEqualTo(418);
        }
        assertThat(asked).hasValue(0);
        assertThat(ask(none, Exchanges.get("/")).status()).isEqualTo(200);
    }

    @Test
    void saysThatItWasOnPurpose() {
        var rejection =
                Objects.requireNonNull(ask(fault(Map.of("abort-percent", 100, "abort-status", 500)), Exchanges.get("/"))
                        .rejection());
        assertThat(rejection.refusal()).isEqualTo(Refusal.FAULT_INJECTED);
        assertThat(rejection.policy()).isEqualTo("fault");
    }

    @Test
    void goesOnAfterTheDelay() {
        assertThat(ask(fault(Map.of("delay", "30ms")), Exchanges.get("/")).status())
                .isEqualTo(200);
        assertThat(asked).hasValue(1);
    }

    @Test
    void endsItsDelayWhenTheClientGoes() {
        var exchange = Exchanges.get("/");
        var answer = CompletableFuture.supplyAsync(() -> ask(fault(Map.of("delay", "5m")), exchange));
        exchange.abandon();
        await().until(answer::isDone);
        assertThat(asked).hasValue(0);
    }

    @Test
    void waitsNoLongerThanTheRequestHasTime() {
        var exchange = Exchanges.get("/");
        exchange.answerWithin(Duration.ofMillis(20));
        var answer = CompletableFuture.supplyAsync(() -> ask(fault(Map.of("delay", "5m")), exchange));
        await().until(answer::isDone);
        assertThat(asked).hasValue(1);
    }

    private static FaultInjection fault(Map<String, Object> plain) {
        return new FaultInjection(Settings.read(Fault.class, plain).orThrow(), new Random(20260501));
    }

    private Response ask(FaultInjection fault, Exchange exchange) {
        return fault.filter(exchange, _ -> {
            asked.incrementAndGet();
            return new Response(200, new Headers(), Body.empty());
        });
    }
}
