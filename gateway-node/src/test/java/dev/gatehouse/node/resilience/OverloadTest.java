package dev.gatehouse.node.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.db.model.Consumer;
import dev.gatehouse.db.resilience.Priority;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OverloadTest {

    /** Any delay is too long, so what comes is more than can be done. */
    private static final Duration NONE = Duration.ofNanos(1);

    @Test
    void refusesTheLeastImportantAndNeverTheFewThatAreMost() {
        try (var overload = new Overload(NONE)) {
            await().until(() -> {
                assertThat(overload.admits(Priority.CRITICAL, Optional::empty)).isTrue();
                return refused(overload, "");
            });
            assertThat(overload.problems())
                    .containsExactly("This node is overloaded: requests are refused, those of lower priority first.");
        }
    }

    @Test
    void betweenEqualRoutesTheConsumerCounts() {
        try (var overload = new Overload(NONE)) {
            var important = new Consumer("", List.of(), List.of(), "", List.of(), List.of(), Priority.CRITICAL);
            overload.take(Map.of("bank", important, "shop", new Consumer("")));
            await().until(() -> {
                boolean in = overload.admits(Priority.LOW, () -> Optional.of("bank"));
                return refused(overload, "shop") && in;
            });
        }
    }

    @Test
    void neverRefusesWhereNoDelayIsTooLong() {
        try (var overload = new Overload(Duration.ZERO)) {
            for (int i = 0; i < 100_000; i++) {
                assertThat(overload.admits(Priority.LOW, Optional::empty)).isTrue();
            }
            assertThat(overload.problems()).isEmpty();
        }
    }

    private static boolean refused(Overload overload, String consumer) {
        int in = 0;
        for (int i = 0; i < 500; i++) {
            in += overload.admits(Priority.LOW, () -> Optional.of(consumer)) ? 1 : 0;
        }
        return in < 500;
    }
}
