package dev.gatehouse.node.quota;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * What a node gives itself of an account while nobody can be asked: once each outage. A lock of its own, since whoever has
 * the turn to ask may still wait for a Redis that others have found silent.
 */
final class Sharing {

    /** So often somebody who waits looks whether he still has to. */
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition over = lock.newCondition();
    private long outage;

    void lock() {
        lock.lock();
    }

    boolean tryLock() {
        return lock.tryLock();
    }

    void unlock() {
        lock.unlock();
    }

    /** Once each outage. Only with the lock. */
    boolean begins(long nthOutage) {
        boolean first = outage != nthOutage;
        outage = nthOutage;
        return first;
    }

    /** As if it had not begun. */
    void undo() {
        outage = -1;
    }

    /** Waits so long, and no longer than that holds, without the lock. */
    void pause(long nanos, BooleanSupplier further) throws InterruptedException {
        for (long left = nanos; left > 0 && further.getAsBoolean(); left -= LOOK_NANOS) {
            long slice = Math.min(left, LOOK_NANOS);
            for (long rest = slice; rest > 0; ) {
                rest = over.awaitNanos(rest);
            }
        }
    }
}
