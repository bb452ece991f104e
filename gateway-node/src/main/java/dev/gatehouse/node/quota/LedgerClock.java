package dev.gatehouse.node.quota;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The ledger's time, so that a node whose clock is wrong counts in the same period as all others. Its own clock counts
 * only until the ledger has answered once.
 */
final class LedgerClock {

    private static final long OLD_NANOS = TimeUnit.SECONDS.toNanos(2);

    private record Set(long millis, long nanos) {}

    private final LongSupplier nanoTime;
    private volatile Set set;
    private volatile boolean heard;

    LedgerClock(Clock own) {
        this(own, System::nanoTime);
    }

    LedgerClock(Clock own, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.set = new Set(own.millis(), nanoTime.getAsLong());
    }

    /** Milliseconds since 1970. */
    long millis() {
        var last = set;
        return last.millis + TimeUnit.NANOSECONDS.toMillis(nanoTime.getAsLong() - last.nanos);
    }

    /** What the ledger said just now. */
    void set(Instant now) {
        set = new Set(now.toEpochMilli(), nanoTime.getAsLong());
        heard = true;
    }

    /** Has the ledger ever said what time it is? */
    boolean heard() {
        return heard;
    }

    /** How long ago the ledger said what time it is; since the beginning where it never did. */
    Duration silent() {
        return Duration.ofNanos(nanoTime.getAsLong() - set.nanos);
    }

    /** Has the ledger said nothing for a while? */
    boolean isOld() {
        return !heard || nanoTime.getAsLong() - set.nanos > OLD_NANOS;
    }
}
