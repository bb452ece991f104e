package dev.gatehouse.node.resilience;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** Calls of the last while, counted by tenths of it: those of the oldest tenth are forgotten together. No lock. */
final class CallWindow {

    private static final int STEPS = 10;

    private static final long NEVER = Long.MIN_VALUE / 2;

    private final long width;
    /** The last tenth in which a call was failed or slow. */
    private final AtomicLong trouble = new AtomicLong(NEVER);

    private final AtomicReferenceArray<@Nullable Step> steps = new AtomicReferenceArray<>(STEPS);
    /** One of them, mostly the one that it is time for. */
    private volatile Step latest;

    CallWindow(Duration length) {
        width = length.toNanos() / STEPS;
        latest = new Step(NEVER, 0);
    }

    /** One tenth, by its number since the clock's zero. */
    private static final class Step {

        private final long number;
        private final long begins;
        private final AtomicInteger calls = new AtomicInteger();
        private final AtomicInteger failed = new AtomicInteger();
        private final AtomicInteger slow = new AtomicInteger();

        Step(long number, long begins) {
            this.number = number;
            this.begins = begins;
        }
    }

    /** What was counted. */
    record Counts(long calls, long failed, long slow) {

        /** Of a hundred calls. */
        boolean failedAtLeast(long percent) {
            return failed * 100 >= percent * calls;
        }

        boolean slowAtLeast(long percent) {
            return slow > 0 && slow * 100 >= percent * calls;
        }
    }

    /** @return whether nothing failed or was slow lately: known without counting */
    boolean add(boolean failed, boolean slow, long now) {
        var step = current(now);
        step.calls.incrementAndGet();
        if (failed) {
            step.failed.incrementAndGet();
        }
        if (slow) {
            step.slow.incrementAndGet();
        }
        if (failed || slow) {
            trouble.accumulateAndGet(step.number, Math::max);
        }
        return step.number - trouble.get() >= STEPS;
    }

    /** A call that began so long ago and was counted as good, if it still is in here, failed. */
    void brokeOff(long nanos, long now) {
        var step = current(now);
        if (nanos >= width * (STEPS - 1)) {
            step.calls.incrementAndGet();
        }
        step.failed.incrementAndGet();
        trouble.accumulateAndGet(step.number, Math::max);
    }

    Counts counts(long now) {
        long number = Math.floorDiv(now, width);
        long calls = 0;
        long failed = 0;
        long slow = 0;
        for (int i = 0; i < STEPS; i++) {
            var step = steps.get(i);
            if (step != null && number - step.number < STEPS) {
                calls += step.calls.get();
                failed += step.failed.get();
                slow += step.slow.get();
            }
        }
        return new Counts(calls, failed, slow);
    }

    private Step current(long now) {
        var step = latest;
        long into = now - step.begins;
        if (into < 0 || into >= width || step.number == NEVER) {
            step = step(now);
            latest = step;
        }
        return step;
    }

    private Step step(long now) {
        long number = Math.floorDiv(now, width);
        int place = Math.floorMod(number, STEPS);
        var step = steps.get(place);
        while (step == null || step.number < number) {
            var fresh = new Step(number, number * width);
            if (steps.compareAndSet(place, step, fresh)) {
                return fresh;
            }
            step = steps.get(place);
        }
        return step;
    }
}
