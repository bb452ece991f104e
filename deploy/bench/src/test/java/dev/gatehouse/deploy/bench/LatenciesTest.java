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
    void areReadAsTheyAreWritten() {
        for (int micros = 1; micros <= 10_000_000; micros = micros * 3 / 2 + 1) {
            latencies.add(TimeUnit.MICROSECONDS.toNanos(micros));
        }
        var read = Latencies.read(latencies.written());
        assertThat(read.written()).isEqualTo(latencies.written());
        assertThat(read.percentile(90)).isEqualTo(latencies.percentile(90)).isPositive();
        assertThat(Latencies.read(new Latencies().written()).percentile(50)).isZero();
    }

    @Test
    void saysNothingOfNothing() {
        assertThat(latencies.percentile(99)).isZero();
    }
}
