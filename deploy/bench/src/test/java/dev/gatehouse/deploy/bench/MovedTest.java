package dev.gatehouse.deploy.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MovedTest {

    private final Random random = new Random(7);

    @Test
    void holdsWhereNothingMoves() {
        var moved = Moved.of(List.of(pairs(12, 1), pairs(12, 1)));
        assertThat(moved.ratio()).isCloseTo(1, within(0.1));
        assertThat(moved.low()).isLessThan(1);
        assertThat(moved.high()).isGreaterThan(1);
    }

    @Test
    void isBeyondDoubtWhereEachTimeIsSlower() {
        var moved = Moved.of(List.of(pairs(12, 1.5)));
        assertThat(moved.ratio()).isCloseTo(1.5, within(0.15));
        assertThat(moved.low()).isGreaterThan(1.2);
    }

    @Test
    void isInDoubtWhereOneTimeOfFewWasBad() {
        var pairs = IntStream.range(0, 4)
                .mapToObj(i -> new Moved.Pair(stretch(1), stretch(i == 0 ? 20 : 1)))
                .toList();
        var moved = Moved.of(List.of(pairs));
        assertThat(moved.low()).isLessThan(1.2);
        assertThat(moved.high()).isGreaterThan(2);
    }

    @Test
    void saysTheSameOfTheSame() {
        var pairs = List.of(pairs(5, 1.2));
        assertThat(Moved.of(pairs)).isEqualTo(Moved.of(pairs));
    }

    private List<Moved.Pair> pairs(int number, double factor) {
        return IntStream.range(0, number)
                .mapToObj(_ -> new Moved.Pair(stretch(1), stretch(factor)))
                .toList();
    }

    private Latencies stretch(double factor) {
        var latencies = new Latencies();
        for (int i = 0; i < 2_000; i++) {
            latencies.add((long) (TimeUnit.MILLISECONDS.toNanos(1) * factor * -Math.log(1 - random.nextDouble())));
        }
        return latencies;
    }
}
