package dev.gatehouse.console.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class FiguresTest {

    @Test
    void writesRatesWithTwoOrThreeFiguresAndThousandsApart() {
        assertThat(rate(0)).isEqualTo("0");
        assertThat(rate(0.001)).isEqualTo("< 0.01");
        assertThat(rate(0.4167)).isEqualTo("0.42");
        assertThat(rate(7.26)).isEqualTo("7.3");
        assertThat(rate(9.96)).isEqualTo("10");
        assertThat(rate(128.4)).isEqualTo("128");
        assertThat(rate(1_284)).isEqualTo("1\u202f284");
    }

    @Test
    void neverRoundsSomeToNoneNorAlmostAllToAll() {
        assertThat(percent(0.00001)).isEqualTo("< 0.01 %");
        assertThat(percent(0.9999)).isEqualTo("> 99.9 %");
        assertThat(percent(1)).isEqualTo("100 %");
        assertThat(percent(0)).isEqualTo("0 %");
        assertThat(percent(0.031)).isEqualTo("3.1 %");
    }

    @Test
    void writesLatencyInMillisecondsOrSeconds() {
        assertThat(Figures.millis(OptionalDouble.of(0.42))).isEqualTo("0.42 ms");
        assertThat(Figures.millis(OptionalDouble.of(62.4))).isEqualTo("62 ms");
        assertThat(Figures.millis(OptionalDouble.of(1_284))).isEqualTo("1.3 s");
    }

    @Test
    void writesADashWhereNothingIsKnown() {
        assertThat(Figures.rate(OptionalDouble.empty())).isEqualTo("–");
        assertThat(Figures.percent(OptionalDouble.empty())).isEqualTo("–");
        assertThat(Figures.millis(OptionalDouble.empty())).isEqualTo("–");
    }

    @Test
    void writesAgesInTheirLargestUnit() {
        assertThat(Figures.age(Duration.ofMillis(12_900))).isEqualTo("12 s");
        assertThat(Figures.age(Duration.ofMinutes(61))).isEqualTo("1 h");
        assertThat(Figures.age(Duration.ofDays(3))).isEqualTo("3 d");
        assertThat(Figures.age(Duration.ofSeconds(-1))).isEqualTo("0 s");
    }

    private static String rate(double rate) {
        return Figures.rate(OptionalDouble.of(rate));
    }

    private static String percent(double share) {
        return Figures.percent(OptionalDouble.of(share));
    }
}
