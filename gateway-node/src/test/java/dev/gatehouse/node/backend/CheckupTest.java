package dev.gatehouse.node.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.model.HealthCheck;
import java.time.Duration;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Checks of many nodes do not come together. */
class CheckupTest {

    @Test
    void drawsItsPausesEvenlyAroundTheInterval() {
        var pauses = millis("{ kind: tcp, interval: 10s, jitter: 20 }").summaryStatistics();

        assertThat(pauses.getMin()).isBetween(8_000L, 8_050L);
        assertThat(pauses.getMax()).isBetween(11_950L, 12_000L);
        assertThat(pauses.getAverage()).isBetween(9_900.0, 10_100.0);
    }

    @Test
    void keepsToTheIntervalWhereNothingIsDrawn() {
        assertThat(millis("{ kind: tcp, interval: 10s, jitter: 0 }")).containsOnly(10_000L);
    }

    private static LongStream millis(String settings) {
        var check = Resilient.read(HealthCheck.class, settings);
        var random = new Random(20261128);
        return LongStream.range(0, 2_000)
                .map(_ -> Duration.ofNanos(Checkup.pause(check, random)).toMillis());
    }
}
