package dev.gatehouse.node.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A node that can do a hundred requests a step, a refusal costing a twentieth of one; what it cannot do waits. */
class AdmissionTest {

    private static final double CAPACITY = 100;

    private final Random random = new Random(20261001);
    private int ready = 1;
    private final Admission admission = new Admission(4, Admission.STEP / 20, random, () -> ready);
    private final int[] admitted = new int[4];
    private double queue;
    private double done;

    @Test
    void letsAllInWithoutAQueue() {
        offer(50, 20, 20, 5, 5);
        assertThat(admission.sheds()).isFalse();
        assertThat(admitted).containsExactly(50 * 20, 50 * 20, 50 * 5, 50 * 5);
    }

    @Test
    void keepsItsGoodputAtThreeTimesWhatItCanDoAndRecovers() {
        offer(100, 0, 0, 300, 0);
        done = 0;
        offer(500, 0, 0, 300, 0);
        assertThat(done / 500).isGreaterThan(0.85 * CAPACITY);
        assertThat(queue).isLessThan(CAPACITY);

        offer(50, 0, 0, 50, 0);
        assertThat(admission.sheds()).isFalse();
    }

    @Test
    void refusesTheLeastImportantFirst() {
        offer(100, 20, 40, 100, 200);
        Arrays.fill(admitted, 0);
        offer(200, 20, 40, 100, 200);
        assertThat(admitted[0]).isEqualTo(200 * 20);
        assertThat(admitted[1]).isGreaterThan(200 * 38);
        assertThat(admitted[2]).isBetween(200 * 5, 200 * 50);
        assertThat(admitted[3]).isLessThan(200 * 10);
    }

    @Test
    void letsInWhatComesWhileThereIsNothingToDoButNotBeforeTheMoreImportant() {
        offer(100, 20, 40, 100, 200);
        ready = 0;
        assertThat(IntStream.range(0, 1_000)).allMatch(_ -> admission.admits(2));
        assertThat(IntStream.range(0, 1_000)).noneMatch(_ -> admission.admits(3));
    }

    @Test
    void letsInNoneWhileTooMuchIsReadyButTheMoreImportant() {
        offer(100, 20, 40, 100, 200);
        ready = 1_000;
        assertThat(IntStream.range(0, 1_000)).allMatch(_ -> admission.admits(0));
        assertThat(IntStream.range(0, 1_000)).noneMatch(_ -> admission.admits(2));
    }

    @Test
    void aPauseInWhichNothingCameDoesNotLetInAllThatHasWaited() {
        offer(100, 0, 300, 0, 0);
        offer(2, 0, 0, 0, 0);
        ready = 1_000;
        assertThat(IntStream.range(0, 1_000)).noneMatch(_ -> admission.admits(1));
    }

    private void offer(int steps, int... ranks) {
        for (int step = 0; step < steps; step++) {
            double cost = 0;
            double let = 0;
            for (int rank = 0; rank < ranks.length; rank++) {
                for (int i = 0; i < ranks[rank]; i++) {
                    if (admission.admits(rank)) {
                        admitted[rank]++;
                        let++;
                    } else {
                        cost += 0.05;
                    }
                }
            }
            double able = Math.min(queue + let, CAPACITY - cost);
            done += able;
            queue = queue + let - able;
            long waited = (long) (queue / CAPACITY * Admission.STEP);
            admission.step(waited, waited > Admission.STEP / 2);
        }
    }
}
