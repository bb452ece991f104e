package dev.gatehouse.node.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AbsenceTest {

    private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

    /** By a clock that is about to overflow. */
    private final long begin = Long.MAX_VALUE - 5 * MILLI;

    private final Absence absence = new Absence(Duration.ofMillis(100));

    @Test
    void isOnlyBelievedForAnEighthOfItsTime() {
        refused(0, 8);
        assertThat(absence.reason(at(8))).isEqualTo("refused");
        assertThat(absence.reason(at(9))).isNull();
        refused(16, 16);
        assertThat(absence.reason(at(17))).isEqualTo("refused");
        assertThat(absence.reason(at(18))).isNull();
    }

    @Test
    void isNeverBelievedForLong() {
        for (int i = 0; i < 10_000; i += 100) {
            refused(i, i + 1);
        }
        assertThat(absence.reason(at(10_000))).isEqualTo("refused");
        assertThat(absence.reason(at(10_001))).isNull();
    }

    @Test
    void costsAFewConnectionsHoweverManyAsk() {
        int tried = 0;
        for (int i = 0; i < 10_000; i++) {
            if (absence.reason(at(i)) == null) {
                refused(i, i);
                tried++;
            }
        }
        assertThat(tried).isBetween(100, 150);
    }

    @Test
    void endsWithAConnection() {
        refused(0, 800);
        absence.over();
        assertThat(absence.reason(at(800))).isNull();
        refused(808, 816);
        assertThat(absence.reason(at(817))).isNull();
    }

    @Test
    void beginsAnewWhereNobodyHasTriedForLong() {
        refused(0, 8);
        refused(1_000, 1_008);
        assertThat(absence.reason(at(1_009))).isNull();
    }

    @Test
    void isNeverBelievedWhereThatIsNotWanted() {
        var never = new Absence(Duration.ZERO);
        never.noticed(at(0), at(800), "refused");
        assertThat(never.reason(at(800))).isNull();
    }

    private void refused(long from, long to) {
        absence.noticed(at(from), at(to), "refused");
    }

    private long at(long millis) {
        return begin + millis * MILLI;
    }
}
