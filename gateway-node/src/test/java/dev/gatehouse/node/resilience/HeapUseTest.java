package dev.gatehouse.node.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HeapUseTest {

    private static final int SHORT = 92;

    private long used;
    private int percent;
    private long now;
    private final HeapUse heap = new HeapUse(() -> new HeapUse.Left(used, percent));

    @Test
    void saysTheSameFromOneCollectionToTheNext() {
        collect(SHORT);
        for (int i = 0; i < 10; i++) {
            pass(5);
            collect(SHORT);
            pass(4);
            assertThat(heap.percent(now)).isEqualTo(SHORT);
        }
    }

    @Test
    void forgetsWhatNoCollectionConfirms() {
        collect(SHORT);
        pass(5);
        collect(SHORT);
        pass(21);
        assertThat(heap.percent(now)).isZero();
    }

    @Test
    void believesASingleCollectionForAMoment() {
        collect(SHORT);
        pass(2);
        assertThat(heap.percent(now)).isEqualTo(SHORT);
        pass(2);
        assertThat(heap.percent(now)).isZero();
    }

    @Test
    void whoHardlyEverCollectsIsNotShortOfMemoryForLong() {
        collect(SHORT);
        pass(600);
        collect(SHORT);
        pass(4);
        assertThat(heap.percent(now)).isZero();
    }

    @Test
    void hearsOfRoomAtOnce() {
        collect(SHORT);
        pass(1);
        collect(40);
        assertThat(heap.percent(now)).isEqualTo(40);
    }

    private void collect(int left) {
        used++;
        percent = left;
        heap.percent(now);
    }

    private void pass(long seconds) {
        now += TimeUnit.SECONDS.toNanos(seconds);
    }
}
