package dev.gatehouse.node.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.db.resilience.ServiceResilience;
import dev.gatehouse.node.exchange.Body;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Exchanges;
import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.exchange.Response;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A configuration with equal settings takes over in every state. Before each step there is another one. */
class SwapTest {

    private long now = 1_000;
    private final Guards guards = new Guards(() -> now);
    private ServiceGuard held = ServiceGuard.none();

    @Test
    void keepsACircuitClosedWithItsCountsThenOpenThenHalfOpenWithItsProbes() {
        var text = "{ breaker: { active: true, least-calls: 4, open: 2s, probes: 2 } }";
        for (int i = 0; i < 4; i++) {
            assertThat(state(text)).isInstanceOf(ClosedState.class);
            assertThat(enter(text)).isEqualTo("in");
            swap(text).failed(0);
        }
        assertThat(state(text)).isInstanceOf(OpenState.class);
        assertThat(enter(text)).isEqualTo(Refusal.CIRCUIT_OPEN.code());

        now += TimeUnit.SECONDS.toNanos(2);
        assertThat(enter(text)).isEqualTo("in");
        assertThat(state(text)).isInstanceOf(HalfOpenState.class);
        assertThat(enter(text)).isEqualTo("in");
        assertThat(enter(text)).as("two probes").isEqualTo(Refusal.CIRCUIT_OPEN.code());

        answer(text).close();
        assertThat(state(text)).isInstanceOf(HalfOpenState.class);
        answer(text).close();
        assertThat(state(text)).isInstanceOf(ClosedState.class);
    }

    @Test
    void keepsABulkheadWithThoseThatRun() {
        var text = "{ bulkhead: { requests: 2 } }";
        assertThat(enter(text)).isEqualTo("in");
        assertThat(enter(text)).isEqualTo("in");
        assertThat(enter(text)).isEqualTo(Refusal.BULKHEAD_FULL.code());
        var running = answer(text);
        assertThat(enter(text)).isEqualTo(Refusal.BULKHEAD_FULL.code());
        running.close();
        assertThat(enter(text)).isEqualTo("in");
        assertThat(enter("{ bulkhead: { requests: 3 } }")).as("another one").isEqualTo("in");
    }

    @Test
    void keepsTheLimitThatLatencyHasMade() {
        var text = "{ adaptive: { active: true } }";
        for (int i = 0; i < 5_000; i++) {
            now += TimeUnit.MILLISECONDS.toNanos(10);
            assertThat(enter(text)).isEqualTo("in");
            swap(text)
                    .answered(
                            new Response(200, new Headers(), Body.empty()),
                            Exchanges.get("/"),
                            TimeUnit.MILLISECONDS.toNanos(i < 100 ? 1 : 100),
                            now)
                    .close();
        }
        for (int i = 0; i < 5; i++) {
            assertThat(enter(text)).isEqualTo("in");
        }
        assertThat(enter(text)).as("the least there is").isEqualTo(Refusal.CONCURRENCY_LIMITED.code());
    }

    private ServiceGuard swap(String text) {
        var next = guards.service("users", Resilient.of(ServiceResilience.class, text));
        held = next;
        return next;
    }

    private String enter(String text) {
        Exchange exchange = Exchanges.get("/");
        var refused = swap(text).enter(exchange);
        return refused == null ? "in" : refused.refusal().code();
    }

    private Response answer(String text) {
        return swap(text).answered(new Response(200, new Headers(), Body.empty()), Exchanges.get("/"), 0, now);
    }

    private CircuitState state(String text) {
        var breaker = swap(text).breaker();
        assertThat(breaker).isNotNull();
        assertThat(breaker).isSameAs(held.breaker());
        return breaker.state();
    }
}
