package dev.gatehouse.node.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AlarmsTest {

    private static final int MORE_THAN_THERE_ARE_PLACES_FOR = 2_000;

    private final AtomicInteger rung = new AtomicInteger();

    @Test
    void ringOnceUnlessCalledOff() {
        var alarms = new Alarms(Duration.ofMillis(50));
        var set = new ArrayList<Alarms.Alarm>();
        for (int i = 0; i < MORE_THAN_THERE_ARE_PLACES_FOR; i++) {
            set.add(alarms.set(
                    rung::incrementAndGet,
                    System.nanoTime() + Duration.ofSeconds(1).toNanos()));
        }
        for (int i = 0; i < MORE_THAN_THERE_ARE_PLACES_FOR; i += 2) {
            set.get(i).callOff();
        }
        await().until(() -> rung.get() == MORE_THAN_THERE_ARE_PLACES_FOR / 2);
        assertThat(rung).hasValue(MORE_THAN_THERE_ARE_PLACES_FOR / 2);
    }

    @Test
    void manyAtOnceCostNoThreadEach() {
        var alarms = new Alarms(Duration.ofSeconds(10));
        var set = new ArrayDeque<Alarms.Alarm>();
        for (int i = 0; i < 10_000; i++) {
            var alarm = alarms.set(rung::incrementAndGet, System.nanoTime());
            assertThat(alarm.placed()).isTrue();
            set.add(alarm);
            if (set.size() > 256) {
                set.remove().callOff();
            }
        }
        set.forEach(Alarms.Alarm::callOff);
        assertThat(rung).hasValue(0);
    }

    @Test
    void ringAgainAfterAllWereOver() {
        var alarms = new Alarms(Duration.ofMillis(1));
        for (int i = 1; i < 20; i++) {
            alarms.set(rung::incrementAndGet, System.nanoTime());
            int times = i;
            await().until(() -> rung.get() == times);
        }
    }
}
