package dev.gatehouse.node.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.live.LimitCounter;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A bucket while Redis is away. */
class BucketLevelTest {

    private static final LimitCounter COUNTER = new LimitCounter("bucket", "s", 10, Duration.ofSeconds(1), 10);

    private final BucketLevel level = new BucketLevel();

    private boolean admits() {
        return level.decide(COUNTER, 1, new Share(3, 1), 0).admits();
    }

    @Test
    void isFullHoweverMuchItWasCharged() {
        assertThat(admits()).isTrue();
        for (int i = 0; i < 9; i++) {
            level.raise(COUNTER, 3 * 999_999_999_999L, 0);
            assertThat(admits()).isFalse();
        }
        assertThat(level.at(COUNTER, 0)).isBetween(TimeUnit.DAYS.toMicros(1), TimeUnit.DAYS.toMicros(2));
    }

    @Test
    void isFullHoweverMuchRedisSaysThatItWasCharged() {
        level.set(COUNTER, Long.MAX_VALUE / 9, 0);

        assertThat(admits()).isFalse();
        assertThat(level.at(COUNTER, 0)).isPositive();
    }
}
