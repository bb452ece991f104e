package dev.gatehouse.node.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.model.Consumer;
import dev.gatehouse.db.resilience.Priority;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class OverloadTest {

    private final Overload overload = new Overload(Duration.ofMillis(50), new Random(20261128), () -> 1);
    private long now;

    @Test
    void refusesTheLeastImportantAndNeverTheFewThatAreMost() {
        for (int step = 0; step < 20; step++) {
            offer("");
            assertThat(overload.admits(Priority.CRITICAL, Optional::empty)).isTrue();
            stand();
        }
        assertThat(offer("")).isLessThan(500);
        assertThat(overload.admits(Priority.CRITICAL, Optional::empty)).isTrue();
        assertThat(overload.problems())
                .containsExactly("This node is overloaded: requests are refused, those of lower priority first.");
    }

    @Test
    void betweenEqualRoutesTheConsumerCounts() {
        var important = new Consumer("").with(Priority.CRITICAL);
        overload.take(Map.of("bank", important, "shop", new Consumer("")));
        for (int step = 0; step < 20; step++) {
            offer("shop");
            assertThat(overload.admits(Priority.LOW, () -> Optional.of("bank"))).isTrue();
            stand();
        }
        assertThat(offer("shop")).isLessThan(500);
        assertThat(overload.admits(Priority.LOW, () -> Optional.of("bank"))).isTrue();
    }

    @Test
    void refusesByPriorityWhereMemoryRunsShort() {
        overload.step(now, 91);
        assertThat(overload.admits(Priority.HIGH, Optional::empty)).isTrue();
        assertThat(overload.admits(Priority.NORMAL, Optional::empty)).isFalse();
        assertThat(overload.problems())
                .containsExactly(
                        "This node is short of memory (91 % of its heap are in use): requests of lower priority are refused.");
    }

    @Test
    void neverRefusesWhereNoDelayIsTooLong() {
        var patient = new Overload(Duration.ZERO, new Random(20261128), () -> 1);
        for (int step = 0; step < 20; step++) {
            patient.queue().came(TimeUnit.SECONDS.toNanos(10), now += Admission.STEP);
            patient.step(now, 0);
            for (int i = 0; i < 1000; i++) {
                assertThat(patient.admits(Priority.LOW, Optional::empty)).isTrue();
            }
        }
        assertThat(patient.problems()).isEmpty();
    }

    /** A tenth of a second in which every request waits for one. */
    private void stand() {
        now += Admission.STEP;
        overload.queue().came(Admission.STEP, now);
        overload.step(now, 0);
    }

    /** How many of five hundred get in. */
    private int offer(String consumer) {
        int in = 0;
        for (int i = 0; i < 500; i++) {
            in += overload.admits(Priority.LOW, () -> Optional.of(consumer)) ? 1 : 0;
        }
        return in;
    }
}
