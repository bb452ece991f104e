package dev.gatehouse.deploy.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AnyRateTest {

    @Test
    void findsTheBurstThatGoesBeyondTheRate() {
        // one each ten: a steady trickle is one beyond the rate, three more at once are four
        assertThat(AnyRate.mostBeyond(new long[] {0, 10, 20, 30}, new long[] {0, 10, 20, 30}, 0.1))
                .isEqualTo(1);
        assertThat(AnyRate.mostBeyond(new long[] {0, 10, 10, 10, 10}, new long[] {0, 10, 10, 10, 10}, 0.1))
                .isEqualTo(4);
        assertThat(AnyRate.mostBeyond(new long[] {}, new long[] {}, 0.1)).isZero();
    }

    @Test
    void countsAsTheDefinitionDoes() {
        var random = new Random(11);
        for (int round = 0; round < 200; round++) {
            var from = random.longs(1 + random.nextInt(40), 0, 300).toArray();
            var to = Arrays.stream(from).map(at -> at + random.nextInt(60)).toArray();
            double rate = random.nextDouble() / 5;
            double expected = 0;
            for (long begin : from) {
                for (long end : to) {
                    int inside = 0;
                    for (int i = 0; i < from.length; i++) {
                        inside += from[i] >= begin && to[i] <= end ? 1 : 0;
                    }
                    expected = inside == 0 ? expected : Math.max(expected, inside - (end - begin) * rate);
                }
            }

            assertThat(AnyRate.mostBeyond(from, to, rate)).isEqualTo((int) Math.ceil(expected - 1e-6));
        }
    }

    @Test
    void knowsWhatABucketWithoutSlackAdmits() {
        assertThat(AnyRate.ideal(new long[] {0, 0, 0, 9, 10, 11, 30, 31, 32}, 0.1, 2))
                .isEqualTo(5);
        assertThat(AnyRate.ideal(new long[] {5, 6}, 0.1, 5)).isEqualTo(2);
    }
}
