package dev.gatehouse.node.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gatehouse.node.backend.balance.Rendezvous;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The bound of every share: five standard deviations of a binomial distribution, so that a good draw with another seed
 * would fail one time in two million.
 */
class DrawTest {

    private static final int SUBJECTS = 100_000;
    private static final List<String> TWO = List.of("users", "users-next");

    @ParameterizedTest
    @ValueSource(strings = {"1,1", "95,5", "99,1", "1,2,3,4", "0,1,0,3", "1,999999", "70,20,10"})
    void givesEachItsShareByChanceAndForSubjects(String written) {
        var weights = List.of(written.split(",")).stream().map(Long::valueOf).toList();
        var draw = new Draw(names(weights.size()), weights);
        var random = new Random(20260101);

        hasShares(weights, _ -> draw.byChance(random.nextDouble()));
        hasShares(weights, subject -> draw.forSubject(Rendezvous.hash("consumer-" + subject)));
    }

    @Test
    void movesOnlyTheDifferenceWhenACanaryGrowsAndBack() {
        var five = new Draw(TWO, List.of(95L, 5L));
        var ten = new Draw(TWO, List.of(90L, 10L));
        int moved = 0;
        for (int i = 0; i < SUBJECTS; i++) {
            long subject = Rendezvous.hash("consumer-" + i);
            if (five.forSubject(subject) == 1) {
                assertThat(ten.forSubject(subject)).isOne();
            }
            moved += five.forSubject(subject) == ten.forSubject(subject) ? 0 : 1;
        }
        assertThat((double) moved / SUBJECTS).isBetween(0.05 - deviations(0.05), 0.05 + deviations(0.05));
    }

    @Test
    void movesNobodyBetweenThoseWhoseWeightsStay() {
        var names = List.of("a", "b", "canary");
        var before = new Draw(names, List.of(45L, 45L, 10L));
        var after = new Draw(names, List.of(45L, 45L, 30L));
        for (int i = 0; i < SUBJECTS; i++) {
            long subject = Rendezvous.hash("consumer-" + i);
            assertThat(after.forSubject(subject)).isIn(before.forSubject(subject), 2);
        }
    }

    @Test
    void movesOnlyToANewOneAndOnlyFromOneThatGoes() {
        var without = new Draw(List.of("a", "b"), List.of(1L, 1L));
        var with = new Draw(List.of("new", "b", "a"), List.of(1L, 1L, 1L));
        var names = Map.of(0, "a", 1, "b");
        var grown = Map.of(0, "new", 1, "b", 2, "a");
        for (int i = 0; i < SUBJECTS; i++) {
            long subject = Rendezvous.hash("consumer-" + i);
            assertThat(grown.get(with.forSubject(subject))).isIn("new", names.get(without.forSubject(subject)));
        }
    }

    @Test
    void isTheSameForTheSameSubjectOnEveryNode() {
        var one = new Draw(TWO, List.of(1L, 1L));
        var other = new Draw(TWO.reversed(), List.of(1L, 1L));
        for (int i = 0; i < 1_000; i++) {
            long subject = Rendezvous.hash("consumer-" + i);
            assertThat(TWO.get(one.forSubject(subject)))
                    .isEqualTo(TWO.reversed().get(other.forSubject(subject)));
        }
    }

    @Test
    void takesNoSplitWithoutWeight() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Draw(TWO, List.of(0L, 0L)));
    }

    private static void hasShares(List<Long> weights, IntUnaryOperator draw) {
        var counts = new int[weights.size()];
        for (int subject = 0; subject < SUBJECTS; subject++) {
            counts[draw.applyAsInt(subject)]++;
        }
        long sum = weights.stream().mapToLong(Long::longValue).sum();
        for (int i = 0; i < counts.length; i++) {
            double share = (double) weights.get(i) / sum;
            assertThat((double) counts[i] / SUBJECTS).isBetween(share - deviations(share), share + deviations(share));
        }
    }

    private static double deviations(double share) {
        return 5 * Math.sqrt(share * (1 - share) / SUBJECTS);
    }

    private static List<String> names(int count) {
        return IntStream.range(0, count).mapToObj(i -> "service-" + i).toList();
    }
}
