package dev.gatehouse.node.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.resilience.Adaptive;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Before a service that works at so many requests at once, each of which takes ten milliseconds; the others queue there. */
class AdaptiveLimitTest {

    private static final long MILLI = 1_000_000;

    private final Random random = new Random(20260901);
    private final AdaptiveLimit limit =
            new AdaptiveLimit(Resilient.of(Adaptive.class, "{ active: true }"), 1_000, 0, bound -> bulkhead = bound);
    private int bulkhead;
    private long now;

    @Test
    void growsToWhatTheServiceCanDoAndNotFarBeyond() {
        load(1_000, 50, 30);
        assertThat(bulkhead).isBetween(50, 120);
    }

    @Test
    void doesNotCreepUpwardUnderLoadThatLasts() {
        load(1_000, 50, 600);
        assertThat(bulkhead).isBetween(40, 120);
    }

    @Test
    void followsAServiceThatBecomesSlower() {
        load(1_000, 50, 30);
        load(1_000, 10, 30);
        assertThat(bulkhead).isBetween(5, 30);
        load(1_000, 50, 30);
        assertThat(bulkhead).isGreaterThan(45);
    }

    @Test
    void staysWhereItIsWhileItIsHardlyUsed() {
        load(2, 50, 30);
        assertThat(bulkhead).isEqualTo(20);
    }

    @Test
    void givesWayToFailures() {
        for (int i = 0; i < 5_000; i++) {
            now += 10 * MILLI;
            limit.sample(MILLI, 100, 0, now);
        }
        assertThat(bulkhead).isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 503})
    void doesNotTakeWhatFailsAtOnceForFast(int status) {
        load(1_000, 50, 10);
        for (int i = 0; i < 5_000; i++) {
            now += MILLI;
            limit.sample(MILLI / 50, 20, status, now);
        }

        load(1_000, 50, 10);

        assertThat(bulkhead).isGreaterThan(45);
    }

    @Test
    void followsErrorsThatTakeTheirTime() {
        load(1_000, 50, 10);
        for (int i = 0; i < 5_000; i++) {
            now += MILLI;
            limit.sample(100 * MILLI, 50, 500, now);
        }
        assertThat(bulkhead).isLessThan(10);
    }

    /** @param offered how many would run at once if they were let */
    private void load(int offered, int capacity, int seconds) {
        long until = now + seconds * 1_000L * MILLI;
        while (now < until) {
            int running = Math.min(offered, bulkhead);
            double millis = 10 * Math.max(1, (double) running / capacity) * (0.9 + 0.2 * random.nextDouble());
            now += (long) (millis * MILLI / running);
            limit.sample((long) (millis * MILLI), running, 200, now);
        }
    }
}
