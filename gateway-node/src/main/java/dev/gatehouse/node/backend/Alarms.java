package dev.gatehouse.node.backend;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * What is done after a time that is always the same, unless it is called off before, which is what nearly always happens:
 * setting one and calling it off take no lock and wake nobody. One thread sleeps until the first that is left is due, and
 * is gone when none is.
 */
final class Alarms {

    /** Where nothing is to be done, none is ever set. */
    static final Alarms NONE = new Alarms(Duration.ZERO, 0);

    /** For so many at once, a power of two; further ones cost a thread each. */
    private static final int PLACES = 512;

    /** Places that are looked at for a free one. */
    private static final int LOOKS = 64;

    final class Alarm {

        private final long due;
        private final Runnable action;
        /** Below 0: none. */
        private int place = -1;

        private volatile boolean off;

        private Alarm(long due, Runnable action) {
            this.due = due;
            this.action = action;
        }

        /** Does it cost no thread? */
        boolean placed() {
            return place >= 0;
        }

        void callOff() {
            if (place < 0) {
                off = true;
            } else {
                var _ = places.compareAndSet(place, this, null);
            }
        }
    }

    private final long delay;
    private final AtomicReferenceArray<@Nullable Alarm> places;
    private final AtomicBoolean watched = new AtomicBoolean();
    /**
     * Behind the place that was taken last, where what was set longest ago is called off by now: places near to one that
     * was just given back are all taken. A guess: of several threads, the last one's.
     */
    private int free;

    Alarms(Duration delay) {
        this(delay, PLACES);
    }

    private Alarms(Duration delay, int places) {
        this.delay = delay.toNanos();
        this.places = new AtomicReferenceArray<>(places);
    }

    /**
     * From now on, by the clock of {@link System#nanoTime}.
     *
     * @param action is run on a thread of its own
     */
    Alarm set(Runnable action, long now) {
        var alarm = new Alarm(now + delay, action);
        int first = free;
        for (int i = 0; i < LOOKS; i++) {
            int place = (first + i) & (PLACES - 1);
            if (places.getPlain(place) == null) {
                alarm.place = place;
                if (places.compareAndSet(place, null, alarm)) {
                    free = place + 1;
                    watch();
                    return alarm;
                }
            }
        }
        alarm.place = -1;
        free = first + LOOKS;
        Thread.ofVirtual().name("hedge").start(() -> alone(alarm));
        return alarm;
    }

    private static void alone(Alarm alarm) {
        try {
            Thread.sleep(Duration.ofNanos(Math.max(0, alarm.due - System.nanoTime())));
            if (!alarm.off) {
                alarm.action.run();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void watch() {
        if (!watched.get() && watched.compareAndSet(false, true)) {
            Thread.ofVirtual().name("alarms").start(this::run);
        }
    }

    private void run() {
        try {
            for (long left = ring(); left < Long.MAX_VALUE; left = ring()) {
                Thread.sleep(Duration.ofNanos(left));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            watched.set(false);
        }
        for (int place = 0; place < places.length(); place++) {
            if (places.get(place) != null) {
                watch();
                return;
            }
        }
    }

    /** @return for how long nothing is due, in nanoseconds; {@link Long#MAX_VALUE} where nothing is set */
    private long ring() {
        long now = System.nanoTime();
        long left = Long.MAX_VALUE;
        for (int place = 0; place < places.length(); place++) {
            var alarm = places.get(place);
            if (alarm != null && alarm.due - now > 0) {
                left = Math.min(left, alarm.due - now);
            } else if (alarm != null && places.compareAndSet(place, alarm, null)) {
                Thread.ofVirtual().name("hedge").start(alarm.action);
            }
        }
        return left;
    }
}
