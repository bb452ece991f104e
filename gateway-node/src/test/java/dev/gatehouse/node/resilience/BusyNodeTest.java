package dev.gatehouse.node.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When a node sheds, and how much: not when it is busy, but when it cannot do what comes. */
class BusyNodeTest {

    private static final double REFUSAL = 0.02;

    private final BusyNode node = new BusyNode(5, REFUSAL);

    @Test
    void doesNotShedWhereRequestsWaitForAMomentAllTheTime() {
        node.askAgain();
        node.burst(200);
        node.offer(0, 10_000);
        assertThat(node.refused()).isZero();
        assertThat(node.waited(50)).isEqualTo(40);
    }

    @Test
    void doesNotShedAFewSlowRequests() {
        var cold = new BusyNode(0.3, REFUSAL);
        cold.askAgain();
        cold.burst(64);
        cold.offer(0, 10_000);
        assertThat(cold.refused()).isZero();
        assertThat(cold.waited(50)).isGreaterThan(200);
    }

    @Test
    void doesNotShedABurst() {
        node.offer(2.5, 1_000);
        node.burst(5 * 500);
        node.offer(2.5, 10_000);
        assertThat(node.refused()).isZero();
    }

    @Test
    void doesNotShedAfterAPause() {
        node.offer(3, 1_000);
        node.pause(400);
        node.offer(3, 10_000);
        assertThat(node.refused()).isZero();
    }

    @ParameterizedTest
    @ValueSource(doubles = {1.2, 2, 3})
    void shedsAsMuchAsItCannotDo(double times) {
        node.offer(2.5, 1_000);
        node.count();
        node.offer(5 * times, 60_000);
        double able = 60_000 * 5 * (1 - times * REFUSAL) / (1 - REFUSAL);
        assertThat(node.admitted() / able).isCloseTo(1, within(0.02));
        assertThat(node.waited(98)).isLessThan(15);

        node.offer(4, 1_500);
        node.count();
        node.offer(4, 10_000);
        assertThat(node.refused()).isZero();
    }

    @Test
    void letsInAllAsSoonAsNothingWaitsAnyMore() {
        node.offer(15, 3_000);
        node.offer(0.1, 500);
        node.count();
        node.offer(4, 10_000);
        assertThat(node.refused()).isLessThan(50);
    }
}
