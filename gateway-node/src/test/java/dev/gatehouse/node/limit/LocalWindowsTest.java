package dev.gatehouse.node.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.node.HandMovedClock;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class LocalWindowsTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final HandMovedClock clock = new HandMovedClock();
    private final LocalWindows windows = new LocalWindows(clock);

    @RepeatedTest(40)
    void neverAdmitsMoreThanTheLimitInAnySpan(RepetitionInfo seed) {
        var random = new Random(seed.getCurrentRepetition());
        var span = Duration.ofMillis(new long[] {1, 59, 1_000, 1_500, 7_001, 60_000, 3_600_000}[random.nextInt(7)]);
        long limit = random.nextLong(1, 31);
        var log = new AdmissionLog();
        for (int step = 0; step < 3_000; step++) {
            clock.advance(Duration.ofMillis(pause(random, span.toMillis())));
            switch (decide(log, "a", limit, span)) {
                case Decision.Admitted(long left, long reset) -> {
                    assertThat(left).isBetween(0L, limit - 1);
                    assertThat(reset).isPositive();
                }
                case Decision.Refused(long wait) -> {
                    if (random.nextInt(4) == 0) {
                        // not a millisecond earlier, not a millisecond later than it said
                        clock.advance(Duration.ofMillis(wait - 1));
                        assertThat(decide(log, "a", limit, span)).isEqualTo(new Decision.Refused(1));
                        clock.advance(Duration.ofMillis(1));
                        assertThat(decide(log, "a", limit, span)).isInstanceOf(Decision.Admitted.class);
                    }
                }
                case Decision.Unknown _ -> throw new AssertionError("this counter is always at hand");
            }
        }

        assertThat(log.most(span.toMillis())).isEqualTo((int) limit);
    }

    @Test
    void admitsAllAtOnceAfterASixtiethMoreThanTheSpan() {
        for (int round = 0; round < 5; round++) {
            for (long left = 9; left >= 0; left--) {
                assertThat(windows.decide("a", 10, MINUTE)).extracting("left").isEqualTo(left);
            }
            assertThat(windows.decide("a", 10, MINUTE)).isInstanceOf(Decision.Refused.class);
            clock.advance(MINUTE.plusSeconds(1));
        }
    }

    @Test
    void countsEachSubjectAlone() {
        windows.decide("a", 1, MINUTE);

        assertThat(windows.decide("a", 1, MINUTE)).isInstanceOf(Decision.Refused.class);
        assertThat(windows.decide("b", 1, MINUTE)).isInstanceOf(Decision.Admitted.class);
    }

    @Test
    void keepsTheCountWhenTheLimitIsEdited() {
        for (int i = 0; i < 3; i++) {
            windows.decide("a", 3, MINUTE);
        }

        assertThat(windows.decide("a", 5, MINUTE)).extracting("left").isEqualTo(1L);
        assertThat(windows.decide("a", 4, MINUTE)).isInstanceOf(Decision.Refused.class);
    }

    @Test
    void forgetsAllWhenToldTo() {
        windows.decide("a", 1, MINUTE);
        windows.clear();

        assertThat(windows.decide("a", 1, MINUTE)).isInstanceOf(Decision.Admitted.class);
    }

    @Test
    void admitsExactlyTheLimitHoweverManyAskAtOnce() {
        var admitted = new AtomicInteger();
        try (var callers = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < 10_000; i++) {
                callers.execute(() -> {
                    if (windows.decide("a", 1_234, MINUTE) instanceof Decision.Admitted) {
                        admitted.incrementAndGet();
                    }
                });
            }
        }

        assertThat(admitted).hasValue(1_234);
    }

    private Decision decide(AdmissionLog log, String subject, long limit, Duration span) {
        var decision = windows.decide(subject, limit, span);
        if (decision instanceof Decision.Admitted) {
            log.add(clock.millis(), clock.millis());
        }
        return decision;
    }

    /** Mostly bursts, sometimes a trickle, rarely a rest. */
    private static long pause(Random random, long span) {
        return switch (random.nextInt(20)) {
            case 0 -> random.nextLong(2 * span + 1);
            case 1, 2, 3, 4, 5, 6 -> random.nextLong(span / 20 + 1);
            default -> 0;
        };
    }
}
