package dev.gatehouse.node.resilience;

import dev.gatehouse.db.resilience.RetryBudget;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** How much of what a service was sent in the last ten seconds may be sent again. Counting a request takes no lock. */
public final class Budget {

    private static final int SECONDS = 10;
    private static final long SECOND = 1_000_000_000;

    private final RetryBudget settings;
    private final LongSupplier clock;
    private final AtomicReferenceArray<@Nullable Second> seconds = new AtomicReferenceArray<>(SECONDS);

    private static final class Second {

        private final long number;
        private final AtomicInteger requests = new AtomicInteger();
        private final AtomicInteger again = new AtomicInteger();

        Second(long number) {
            this.number = number;
        }
    }

    /** @param clock as {@link System#nanoTime} */
    public Budget(RetryBudget settings, LongSupplier clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** A request is sent for the first time. */
    public void request() {
        second(Math.floorDiv(clock.getAsLong(), SECOND)).requests.incrementAndGet();
    }

    /** May a request be sent once more? If so, that is counted. */
    public synchronized boolean take() {
        long now = Math.floorDiv(clock.getAsLong(), SECOND);
        long requests = 0;
        long again = 0;
        for (int i = 0; i < SECONDS; i++) {
            var second = seconds.get(i);
            if (second != null && now - second.number < SECONDS) {
                requests += second.requests.get();
                again += second.again.get();
            }
        }
        if ((again + 1) * 100 > Math.max(requests * settings.percent(), settings.perSecond() * SECONDS * 100)) {
            return false;
        }
        second(now).again.incrementAndGet();
        return true;
    }

    /** What was taken is not needed. */
    public synchronized void giveBack() {
        second(Math.floorDiv(clock.getAsLong(), SECOND)).again.decrementAndGet();
    }

    private Second second(long number) {
        int place = Math.floorMod(number, SECONDS);
        var second = seconds.get(place);
        while (second == null || second.number < number) {
            var fresh = new Second(number);
            if (seconds.compareAndSet(place, second, fresh)) {
                return fresh;
            }
            second = seconds.get(place);
        }
        return second;
    }
}
