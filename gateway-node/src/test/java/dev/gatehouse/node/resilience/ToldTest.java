package dev.gatehouse.node.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.db.resilience.ServiceResilience;
import dev.gatehouse.db.store.ServiceState;
import dev.gatehouse.db.store.ServiceState.Condition;
import dev.gatehouse.node.exchange.Exchanges;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a node tells of the guards of its services. */
class ToldTest {

    private static final String BREAKS = "{ breaker: { active: true, least-calls: 4, open: 2s, probes: 2 } }";

    private long now = 1_000;
    private final Guards guards = new Guards(() -> now);
    /** As long as somebody uses them. */
    private final List<ServiceGuard> used = new ArrayList<>();

    @Test
    void aCircuitThroughItsStates() {
        var guard = service(BREAKS);
        assertThat(circuit().condition()).isEqualTo(Condition.CLOSED);
        assertThat(circuit().why()).isEmpty();
        assertThat(only().room()).isEmpty();

        now += TimeUnit.SECONDS.toNanos(1);
        for (int i = 0; i < 4; i++) {
            assertThat(guard.enter(Exchanges.get("/"))).isNull();
            guard.failed(0);
        }
        var open = circuit();
        assertThat(open.condition()).isEqualTo(Condition.OPEN);
        assertThat(open.why()).isEqualTo("4 of 4 calls failed");
        assertThat(open.probe()).isEqualTo(open.since().plusSeconds(2));

        now += TimeUnit.SECONDS.toNanos(1);
        assertThat(circuit())
                .as("it says the same for as long as it is the same")
                .isEqualTo(open);

        now += TimeUnit.SECONDS.toNanos(1);
        assertThat(guard.enter(Exchanges.get("/"))).isNull();
        assertThat(circuit())
                .isEqualTo(new ServiceState.Circuit(Condition.HALF_OPEN, open.since(), open.why(), Instant.EPOCH));

        guard.failed(0);
        assertThat(circuit().probe()).isEqualTo(open.since().plus(Duration.ofSeconds(2 + 4)));
    }

    @Test
    void howFullABulkheadIs() {
        var guard = service("{ bulkhead: { requests: 2, queue: 5 } }");
        assertThat(guard.enter(Exchanges.get("/"))).isNull();
        assertThat(guard.enter(Exchanges.get("/"))).isNull();

        assertThat(only().circuit()).isEmpty();
        assertThat(only().room()).contains(new ServiceState.Room(2, 2, 2, 0, 5, false));
    }

    @Test
    void thatABulkheadRefuses() {
        var guard = service("{ bulkhead: { requests: 1 } }");
        assertThat(guard.enter(Exchanges.get("/"))).isNull();
        assertThat(guard.enter(Exchanges.get("/"))).isNotNull();

        assertThat(only().room()).contains(new ServiceState.Room(1, 1, 1, 0, 0, true));
    }

    @Test
    void theBoundThatFollowsLatency() {
        var bounded = service("{ adaptive: { active: true, most: 50 } }");
        assertThat(bounded.enter(Exchanges.get("/"))).isNull();

        assertThat(only().room()).contains(new ServiceState.Room(1, 20, 50, 0, 0, false));
    }

    @Test
    void nothingOfAServiceThatHasNoneAndTheLatestSettingsOfEachOther() {
        var former = service(BREAKS);
        service("{ bulkhead: { requests: 2 } }");
        assertThat(former.breaker()).isNotNull();
        assertThat(only().circuit()).isEmpty();

        service("{}");
        assertThat(guards.states()).isEmpty();

        assertThat(service(BREAKS).breaker()).isSameAs(former.breaker());
        assertThat(circuit().condition()).isEqualTo(Condition.CLOSED);
    }

    @Test
    void forgetsAServiceThatIsGone() {
        guards.service("orders", Resilient.of(ServiceResilience.class, BREAKS));
        await().until(() -> {
            System.gc();
            service(BREAKS);
            return guards.services() == 1;
        });
        assertThat(only().service()).isEqualTo("users");
    }

    private ServiceGuard service(String settings) {
        var guard = guards.service("users", Resilient.of(ServiceResilience.class, settings));
        used.add(guard);
        return guard;
    }

    private ServiceState only() {
        assertThat(guards.states()).hasSize(1);
        return guards.states().getFirst();
    }

    private ServiceState.Circuit circuit() {
        return only().circuit().orElseThrow();
    }
}
