package dev.gatehouse.node.backend;

import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * What is done after a time that is always the same, unless it is called off before, which is what nearly always happens:
 * setting one and calling it off take no lock and wake nobody. One thread sleeps until the first that is left is due, and
 * is gone when none is.
 */
final class Alarms {

    static final class Alarm {

        private final long due;
        private volatile @Nullable Runnable action;

        private Alarm(long due, Runnable action) {
            this.due = due;
            this.action = action;
        }

        void callOff() {
            action = null;
        }
    }

    private final long delay;
    /** In the order in which they are due. */
    private final ConcurrentLinkedQueue<Alarm> set = new ConcurrentLinkedQueue<>();

    private final AtomicBoolean watched = new AtomicBoolean();

    Alarms(Duration delay) {
        this.delay = delay.toNanos();
    }

    /**
     * From now on, by the clock of {@link System#nanoTime}.
     *
     * @param action is run on a thread of its own
     */
    Alarm set(Runnable action, long now) {
        var alarm = new Alarm(now + delay, action);
        forgetCalledOff();
        set.add(alarm);
        watch();
        return alarm;
    }

    /** Two for each that is set: what is called off at once, as nearly all are, does not live on until it would be due. */
    private void forgetCalledOff() {
        for (int i = 0; i < 2; i++) {
            var first = set.peek();
            if (first == null || first.action != null) {
                return;
            }
            var _ = set.remove(first);
        }
    }

    private void watch() {
        if (!watched.get() && watched.compareAndSet(false, true)) {
            Thread.ofVirtual().name("alarms").start(this::run);
        }
    }

    private void run() {
        try {
            for (var first = set.peek(); first != null; first = set.peek()) {
                var action = first.action;
                long left = first.due - System.nanoTime();
                if (action != null && left > 0) {
                    Thread.sleep(Duration.ofNanos(left));
                } else {
                    boolean stillSet = set.remove(first);
                    if (stillSet && action != null) {
                        Thread.ofVirtual().name("hedge").start(action);
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            watched.set(false);
        }
        if (!set.isEmpty()) {
            watch();
        }
    }
}
