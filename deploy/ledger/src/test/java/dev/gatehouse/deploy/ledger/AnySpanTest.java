package dev.gatehouse.deploy.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class AnySpanTest {

    @Test
    void looksAtAnySpanAndNotOnlyAtCalendarOnes() {
        assertThat(AnySpan.most(new long[] {58, 59, 60, 61, 120}, 60)).isEqualTo(4);
        assertThat(AnySpan.most(new long[] {0, 60}, 60)).isEqualTo(1);
        assertThat(AnySpan.most(new long[] {0, 59}, 60)).isEqualTo(2);
        assertThat(AnySpan.most(new long[] {7, 7, 7}, 60)).isEqualTo(3);
        assertThat(AnySpan.most(new long[] {}, 60)).isZero();
    }

    @Test
    void doesNotBlameTheLimitForARequestThatTookLong() {
        // the first was decided on somewhere in 0 to 30: not certainly in the same minute as the one at 61
        assertThat(AnySpan.mostInside(new long[] {0, 61}, new long[] {30, 62}, 60))
                .isEqualTo(1);
        assertThat(AnySpan.most(new long[] {30, 62}, 60)).isEqualTo(2);
        // nowhere within a minute at all
        assertThat(AnySpan.mostInside(new long[] {0}, new long[] {100}, 60)).isZero();
    }

    @Test
    void countsAsTheDefinitionDoes() {
        var random = new Random(7);
        for (int round = 0; round < 200; round++) {
            var from = random.longs(40, 0, 300).toArray();
            var to = Arrays.stream(from).map(at -> at + random.nextInt(80)).toArray();
            long expected = LongStream.range(-80, 400)
                    .map(begin -> LongStream.range(0, from.length)
                            .filter(i -> from[(int) i] >= begin && to[(int) i] < begin + 60)
                            .count())
                    .max()
                    .orElseThrow();

            assertThat(AnySpan.mostInside(from, to, 60)).isEqualTo((int) expected);
        }
    }

    @Test
    void knowsWhatALimitWithoutSlackAdmits() {
        assertThat(AnySpan.ideal(new long[] {0, 1, 2, 59, 60, 61, 62}, 2, 60)).isEqualTo(4);
        assertThat(AnySpan.ideal(new long[] {0, 1}, 5, 60)).isEqualTo(2);
        assertThat(AnySpan.ideal(LongStream.range(0, 180).toArray(), 10, 60)).isEqualTo(30);
    }
}
