package dev.gatehouse.node.backend.balance;

import java.util.concurrent.atomic.AtomicLong;

/** What an endpoint did since it was last looked at. */
final class Window {

    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    private final AtomicLong nanos = new AtomicLong();

    /** @param nanos of all of them together */
    record Sums(long requests, long failures, long nanos) {

        double mean() {
            return (double) nanos / requests;
        }

        /** In whole percent, rounded down. */
        long success() {
            return Math.max(0, requests - failures) * 100 / requests;
        }
    }

    void add(boolean good, long elapsed) {
        requests.incrementAndGet();
        nanos.addAndGet(elapsed);
        if (!good) {
            failures.incrementAndGet();
        }
    }

    /** One that was good, perhaps before it was last looked at, is not after all. */
    void brokeOff() {
        failures.incrementAndGet();
    }

    /** A request that comes meanwhile may be told in parts; none is lost. */
    Sums take() {
        return new Sums(requests.getAndSet(0), failures.getAndSet(0), nanos.getAndSet(0));
    }
}
