package dev.gatehouse.db.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LatencyTest {

    private static final long FIRST = TimeUnit.MICROSECONDS.toNanos(100);
    private static final long LAST = TimeUnit.SECONDS.toNanos(60);

    @Test
    void isOffByLessThanFourAndAHalfPercentFromATenthOfAMillisecondToAMinute() {
        double most = 100 * (Math.pow(2, 1.0 / 16) - 1); // 4.43
        for (double nanos = FIRST; nanos <= LAST; nanos *= 1.0007) {
            double millis = nanos / 1e6;
            assertThat(Latency.millis(Latency.bucket((long) nanos)))
                    .as(millis + " ms")
                    .isCloseTo(millis, withPercentage(most + 0.01));
        }
        assertThat(Latency.millis(Latency.bucket(LAST))).isCloseTo(60_000, withPercentage(most));
    }

    @Test
    void needsEachOfItsBuckets() {
        int last = -1;
        for (double nanos = FIRST; nanos <= LAST; nanos *= 1.0007) {
            int bucket = Latency.bucket((long) nanos);
            assertThat(bucket - last).as(nanos + " ns").isBetween(0, 1);
            last = bucket;
        }
        assertThat(last).isEqualTo(Latency.BUCKETS - 1);
    }

    @Test
    void putsWhatIsShorterIntoTheFirstAndWhatIsLongerIntoTheLast() {
        assertThat(Latency.bucket(-1)).isZero();
        assertThat(Latency.bucket(0)).isZero();
        assertThat(Latency.bucket(FIRST)).isZero();
        assertThat(Latency.bucket(2 * LAST)).isEqualTo(Latency.BUCKETS - 1);
        assertThat(Latency.bucket(Long.MAX_VALUE)).isEqualTo(Latency.BUCKETS - 1);
    }

    @Test
    void doublesEveryEightBuckets() {
        assertThat(Latency.millis(80) / Latency.millis(72)).isCloseTo(2, withPercentage(0.001));
    }
}
