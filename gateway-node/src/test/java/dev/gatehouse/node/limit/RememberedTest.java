package dev.gatehouse.node.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.live.LimitCounter;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A window while Redis is away. */
class RememberedTest {

    private static final LimitCounter COUNTER = new LimitCounter("window", "s", 10, Duration.ofMinutes(1), 0);
    private static final long SECOND = TimeUnit.SECONDS.toMicros(1);

    private final Remembered remembered = new Remembered();

    private static Counted at(long second) {
        return new Counted(second * SECOND, Share.WHOLE);
    }

    private boolean admits(long cost, long second) {
        return remembered.decide(COUNTER, cost, at(second), false).admits();
    }

    /** Or those that were counted later would leave before their time. */
    @Test
    void takesBackFromWhereItWasCounted() {
        assertThat(admits(4, 0)).isTrue();
        assertThat(admits(6, 30)).isTrue();
        remembered.undo(COUNTER, 4, at(0), 30 * SECOND, false);

        assertThat(admits(4, 59)).isTrue();
        assertThat(admits(1, 62)).isFalse();
        assertThat(admits(6, 91)).isTrue();
        assertThat(admits(1, 91)).isFalse();
    }
}
