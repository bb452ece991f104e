package dev.gatehouse.node.wire;

import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Where threads wait that always have something to do, so that others get their carrier: it runs what its own threads
 * have made ready for as long as there is any, and only then looks at what other threads have, such as new connections
 * and what came for those that wait. Who comes first here leaves by the timer and takes the others along.
 */
final class WaitingRoom {

    private record Guest(Thread thread, @Nullable Guest before) {}

    private static final AtomicReference<@Nullable Guest> LATEST = new AtomicReference<>();

    private WaitingRoom() {}

    /** Returns a little later, earlier when the thread is interrupted. */
    static void pass() {
        var me = Thread.currentThread();
        Guest before;
        do {
            before = LATEST.get();
        } while (!LATEST.compareAndSet(before, new Guest(me, before)));
        if (before != null) {
            LockSupport.park();
            return;
        }
        LockSupport.parkNanos(1);
        for (var guest = LATEST.getAndSet(null); guest != null; guest = guest.before()) {
            if (guest.thread() != me) {
                LockSupport.unpark(guest.thread());
            }
        }
    }
}
