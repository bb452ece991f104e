package dev.gatehouse.deploy.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class RankTestTest {

    private static double[] drawn(long seed, double shift) {
        var random = new Random(seed);
        return random.doubles(20_000).map(value -> value + shift).toArray();
    }

    @Test
    void tellsApartWhatDiffersByAFiftiethAndNothingElse() {
        assertThat(RankTest.of(drawn(1, 0), drawn(2, 0)).p()).isGreaterThan(0.01);
        assertThat(RankTest.of(drawn(1, 0), drawn(2, 0.02)).p()).isLessThan(1e-6);
    }

    /** By hand: of 9 pairs the first is greater in 1 and equal in 1. */
    @Test
    void countsTiesHalf() {
        assertThat(RankTest.of(new double[] {1, 2, 4}, new double[] {2, 5, 6}).slower())
                .isCloseTo(1.5 / 9, within(1e-9));
    }
}
