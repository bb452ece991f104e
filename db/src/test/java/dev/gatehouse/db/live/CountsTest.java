package dev.gatehouse.db.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import dev.gatehouse.db.model.Refusal;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CountsTest {

    private static final Counts SOME = new Counts(
            Map.of("2xx", 90L, "5xx", 4L), Map.of("rate-limited", 5L, "upstream-timeout", 1L), Map.of(10, 94L), 7);

    @Test
    void mergesByAdding() {
        var other = new Counts(Map.of("2xx", 10L, "4xx", 1L), Map.of("rate-limited", 1L), Map.of(10, 1L, 11, 2L));
        var both = new Counts(
                Map.of("2xx", 100L, "4xx", 1L, "5xx", 4L),
                Map.of("rate-limited", 6L, "upstream-timeout", 1L),
                Map.of(10, 95L, 11, 2L),
                7);
        assertThat(SOME.plus(other)).isEqualTo(both);
        assertThat(other.plus(SOME)).isEqualTo(both);
        assertThat(SOME.plus(Counts.NONE)).isEqualTo(SOME);
        assertThat(Counts.NONE.plus(SOME)).isEqualTo(SOME);
    }

    @Test
    void countsARequestOnce() {
        assertThat(SOME.requests()).isEqualTo(100);
        assertThat(Counts.NONE.requests()).isZero();
    }

    @Test
    void tellsErrorsFromRefusals() {
        assertThat(SOME.errors()).isEqualTo(5);
        assertThat(SOME.refused()).isEqualTo(5);
    }

    @Test
    void takesEachReasonEitherForAnErrorOrForTheCallersFault() {
        for (var refusal : Refusal.values()) {
            var counts = new Counts(Map.of(), Map.of(refusal.code(), 1L), Map.of());
            assertThat(counts.errors()).as(refusal.code()).isEqualTo(refusal.status() >= 500 ? 1 : 0);
            assertThat(counts.refused()).as(refusal.code()).isEqualTo(refusal.status() >= 500 ? 0 : 1);
        }
    }

    @Test
    void readsAPercentileFromTheBuckets() {
        var latency = new HashMap<Integer, Long>();
        var millis = new double[1_000];
        for (int i = 0; i < millis.length; i++) {
            millis[i] = 1 + i * i / 500.0;
            latency.merge(Latency.bucket((long) (millis[i] * 1e6)), 1L, Long::sum);
        }
        Arrays.sort(millis);
        var counts = new Counts(Map.of(), Map.of(), latency);
        for (double share : new double[] {0.001, 0.01, 0.5, 0.95, 0.99, 1}) {
            assertThat(counts.percentile(share))
                    .as("" + share)
                    .isCloseTo(millis[(int) Math.ceil(share * 1_000) - 1], withPercentage(4.5));
        }
    }

    @Test
    void findsTheOneSlowAnswerAmongAHundred() {
        int fast = Latency.bucket(TimeUnit.MILLISECONDS.toNanos(1));
        int slow = Latency.bucket(TimeUnit.SECONDS.toNanos(1));
        var counts = new Counts(Map.of(), Map.of(), Map.of(slow, 1L, fast, 99L));
        assertThat(counts.percentile(0.99)).isEqualTo(Latency.millis(fast));
        assertThat(counts.percentile(0.991)).isEqualTo(Latency.millis(slow));
        assertThat(counts.percentile(1)).isEqualTo(Latency.millis(slow));
    }

    @Test
    void knowsNoPercentileOfNothing() {
        assertThat(Counts.NONE.percentile(0.5)).isNaN();
    }

    @Test
    void comesBackFromTheFieldsOfAHash() {
        assertThat(Counts.of(SOME.fields())).isEqualTo(SOME);
    }

    @Test
    void passesOverFieldsOfANewerRelease() {
        var fields = new HashMap<>(SOME.fields());
        fields.put("bytes", 7L);
        fields.put("nodes", 2L);
        fields.put("h:new", 1L);
        assertThat(Counts.of(fields)).isEqualTo(SOME);
    }
}
