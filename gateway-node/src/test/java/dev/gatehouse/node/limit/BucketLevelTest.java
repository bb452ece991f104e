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

    /** Also where others were admitted meanwhile: what has drained cannot be taken back. */
    @Test
    void givesBackOnlyWhatCannotHaveDrained() {
        long second = TimeUnit.SECONDS.toMicros(1);
        assertThat(level.decide(COUNTER, 10, Share.WHOLE, 0).admits()).isTrue();
        assertThat(level.decide(COUNTER, 10, Share.WHOLE, second).admits()).isTrue();

        level.lower(COUNTER, 10, new Counted(0, Share.WHOLE), second);
        assertThat(level.look(COUNTER, 1, Share.WHOLE, second).admits()).isFalse();

        level.lower(COUNTER, 10, new Counted(second, Share.WHOLE), second);
        assertThat(level.look(COUNTER, 9, Share.WHOLE, second).admits()).isTrue();
    }

    /** What was put in while it was one of three is no more when it is one of four. */
    @Test
    void givesBackAsMuchAsWasPutIn() {
        assertThat(level.decide(COUNTER, 1, new Share(3, 0), 0).admits()).isTrue();
        assertThat(level.decide(COUNTER, 1, new Share(3, 0), 0).admits()).isTrue();
        level.lower(COUNTER, 1, new Counted(0, new Share(3, 0)), 0);

        assertThat(level.look(COUNTER, 7, Share.WHOLE, 0).admits()).isTrue();
        assertThat(level.look(COUNTER, 8, Share.WHOLE, 0).admits()).isFalse();
    }

    @Test
    void givesBackNothingOnceRedisHasSaidHowFullItIs() {
        assertThat(level.decide(COUNTER, 5, Share.WHOLE, 0).admits()).isTrue();
        level.set(COUNTER, TimeUnit.SECONDS.toMicros(1), 1);
        level.lower(COUNTER, 5, new Counted(0, Share.WHOLE), 1);

        assertThat(level.look(COUNTER, 1, Share.WHOLE, 1).admits()).isFalse();
    }

    @Test
    void isNotDrainedTwiceForTheSameTime() {
        assertThat(level.decide(COUNTER, 10, Share.WHOLE, 500_000).admits()).isTrue();
        assertThat(level.look(COUNTER, 1, Share.WHOLE, 0).admits()).isFalse();

        assertThat(level.look(COUNTER, 1, Share.WHOLE, 599_000).admits()).isFalse();
        assertThat(level.look(COUNTER, 1, Share.WHOLE, 600_000).admits()).isTrue();
    }
}
