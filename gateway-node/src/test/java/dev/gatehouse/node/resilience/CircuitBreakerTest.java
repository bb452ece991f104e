package dev.gatehouse.node.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.resilience.ServiceResilience;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CircuitBreakerTest {

    private long now = 1_000;

    private final CircuitBreaker breaker = new CircuitBreaker(
            Resilient.breaker("{ active: true, least-calls: 4, open: 2s, longest-open: 10s, probes: 1 }"), () -> now);

    @Test
    void opensWhenHalfOfTheCallsFailedAndSaysSo() {
        call(200);
        call(200);
        call(500);
        assertThat(breaker.trouble()).isEmpty();
        call(503);
        assertThat(breaker.enter()).isFalse();
        assertThat(breaker.closedFor()).isEqualTo(Duration.ofSeconds(2));
        assertThat(breaker.trouble()).hasValueSatisfying(told -> {
            assertThat(told.why()).isEqualTo("2 of 4 calls failed");
            assertThat(told.since()).isBeforeOrEqualTo(Instant.now());
        });
    }

    @Test
    void isOpenLongerEachTimeAProbeFailsAndForgetsThatOnceItStaysGood() {
        trip();
        for (int seconds : new int[] {2, 4, 8, 10, 10}) {
            assertThat(breaker.closedFor()).isEqualTo(Duration.ofSeconds(seconds));
            pass(seconds);
            assertThat(breaker.enter()).isTrue();
            assertThat(breaker.enter()).isFalse();
            breaker.failed(0);
        }
        pass(10);
        call(200);
        pass(11);
        trip();
        assertThat(breaker.closedFor()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void whatWasUnderWayWhenItOpenedSaysNothingLater() {
        assertThat(breaker.enter()).isTrue();
        trip();
        pass(2);
        assertThat(breaker.enter()).isTrue();
        breaker.failed(TimeUnit.SECONDS.toNanos(2) + 1);
        assertThat(breaker.state()).isInstanceOf(HalfOpenState.class);
        breaker.answered(200, 0);
        assertThat(breaker.state()).isInstanceOf(ClosedState.class);
    }

    @Test
    void aProbeThatHangsDoesNotHoldItForEver() {
        trip();
        pass(2);
        assertThat(breaker.enter()).isTrue();
        assertThat(breaker.enter()).isFalse();
        pass(2);
        assertThat(breaker.enter()).isTrue();
    }

    @Test
    void isTheSameInEveryStateForAnEqualService() {
        var guards = new Guards();
        var text = "{ breaker: { active: true, least-calls: 1 }, bulkhead: { requests: 3 } }";
        var before = guards.service("users", Resilient.of(ServiceResilience.class, text));
        for (int i = 0; i < 3; i++) {
            var after = guards.service("users", Resilient.of(ServiceResilience.class, text));
            assertThat(after.breaker()).isSameAs(before.breaker());
            assertThat(after.budget()).isSameAs(before.budget());
            assertThat(guards.problems()).hasSize(i == 0 ? 0 : 1);
            if (i == 0) {
                after.failed(0);
            }
        }
        var other = guards.service("users", Resilient.of(ServiceResilience.class, "{ breaker: { active: true } }"));
        assertThat(other.breaker()).isNotSameAs(before.breaker());
        assertThat(other.budget()).isSameAs(before.budget());
    }

    private void trip() {
        for (int i = 0; i < 4; i++) {
            call(500);
        }
    }

    private void call(int status) {
        assertThat(breaker.enter()).isTrue();
        breaker.answered(status, 0);
    }

    private void pass(int seconds) {
        now += TimeUnit.SECONDS.toNanos(seconds);
    }
}
