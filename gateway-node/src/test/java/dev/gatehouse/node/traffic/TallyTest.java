package dev.gatehouse.node.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.live.Counts;
import dev.gatehouse.db.live.Latency;
import dev.gatehouse.db.model.Refusal;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TallyTest {

    private static final int THREADS = 4;
    private static final int EACH = 50_000;

    private final Tally tally = new Tally();

    @Test
    void losesNothingBetweenThoseWhoRaiseAndTheOneWhoEmpties() throws InterruptedException {
        var done = new CountDownLatch(THREADS);
        var sum = Counts.NONE;
        try (var threads = Executors.newFixedThreadPool(THREADS)) {
            for (int thread = 0; thread < THREADS; thread++) {
                threads.execute(() -> {
                    for (int i = 0; i < EACH; i++) {
                        tally.answered(200 + 100 * (i % 4), TimeUnit.MICROSECONDS.toNanos(i));
                        tally.refused(i % 5 == 0 ? Refusal.RATE_LIMITED : Refusal.KEY_MISSING);
                    }
                    done.countDown();
                });
            }
            while (!done.await(1, TimeUnit.MILLISECONDS)) {
                sum = sum.plus(tally.take());
            }
        }
        sum = sum.plus(tally.take());

        long quarter = (long) THREADS * EACH / 4;
        assertThat(sum.answers()).isEqualTo(Map.of("2xx", quarter, "3xx", quarter, "4xx", quarter, "5xx", quarter));
        assertThat(sum.refusals())
                .isEqualTo(Map.of(
                        "rate-limited", (long) THREADS * EACH / 5, "key-missing", (long) THREADS * EACH * 4 / 5));
        assertThat(sum.latency().values().stream().mapToLong(Long::longValue).sum())
                .isEqualTo((long) THREADS * EACH);
    }

    @Test
    void isEmptyOnceItWasTaken() {
        tally.answered(200, 1);
        tally.refused(Refusal.NO_ROUTE);

        assertThat(tally.take().requests()).isEqualTo(2);
        assertThat(tally.take()).isEqualTo(Counts.NONE);
    }

    @ParameterizedTest
    @CsvSource({"200, 2xx", "204, 2xx", "301, 3xx", "404, 4xx", "500, 5xx", "599, 5xx"})
    void countsByClass(int status, String name) {
        tally.answered(status, 1);

        assertThat(tally.take().answers()).containsExactly(Map.entry(name, 1L));
    }

    @Test
    void knowsEveryRefusalByItsCode() {
        for (var refusal : Refusal.values()) {
            tally.refused(refusal);
        }

        assertThat(tally.take().refusals()).hasSameSizeAs(Refusal.values()).containsEntry("rate-limited", 1L);
    }

    @Test
    void takesAnyLatency() {
        for (long nanos : new long[] {0, 1, 100_000, TimeUnit.SECONDS.toNanos(59), Long.MAX_VALUE}) {
            tally.answered(200, nanos);
        }

        assertThat(tally.take().latency()).containsEntry(0, 3L).containsEntry(Latency.BUCKETS - 1, 2L);
    }
}
