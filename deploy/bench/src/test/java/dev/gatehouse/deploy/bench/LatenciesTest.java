package dev.gatehouse.deploy.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LatenciesTest {

    private final Latencies latencies = new Latencies();

    @Test
    void knowsPercentilesWithinOnePercent() {
        for (int millis = 1; millis <= 10_000; millis++) {
            latencies.add(TimeUnit.MILLISECONDS.toNanos(millis));
        }
        assertThat(latencies.percentile(50)).isCloseTo(5_000, within(50.0));
        assertThat(latencies.percentile(99)).isCloseTo(9_900, within(100.0));
        assertThat(latencies.percentile(100)).isCloseTo(10_000, within(100.0));
    }

    @Test
    void saysNothingOfNothing() {
        assertThat(latencies.percentile(99)).isZero();
    }
}
