package dev.gatehouse.node.resilience;

import dev.gatehouse.db.resilience.Retry;
import java.util.random.RandomGenerator;

/**
 * How long to wait before a retry: drawn from 0 up to a bound that doubles, so that requests that failed together do not
 * come back together ("full jitter", M. Brooker, Exponential Backoff And Jitter, 2015).
 */
public final class Backoff {

    private static final int MOST_DOUBLINGS = 20;

    private final long first;
    private final long longest;
    private final RandomGenerator random;

    public Backoff(Retry settings, RandomGenerator random) {
        first = settings.backoff().toNanos();
        longest = settings.longestBackoff().toNanos();
        this.random = random;
    }

    /**
     * In nanoseconds.
     *
     * @param retry which one it is, the first is 0
     */
    public long before(int retry) {
        long bound = Math.min(longest, first << Math.min(retry, MOST_DOUBLINGS));
        return bound <= 0 ? 0 : random.nextLong(bound + 1);
    }

    /** The longest break that a service may ask for and be asked again. */
    public long longest() {
        return longest;
    }
}
