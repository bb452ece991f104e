package dev.gatehouse.node.wire;

import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import jdk.management.VirtualThreadSchedulerMXBean;
import org.jspecify.annotations.Nullable;

/**
 * Where threads wait that always have something to do, so that others get their carrier: it runs what its own threads
 * have made ready for as long as there is any, and only then looks at what other threads have, such as new connections
 * and what came for those that wait. Who comes first here is the last to leave: it lets go first whoever is ready, until
 * nobody is, and takes the others along.
 */
final class WaitingRoom {

    /** Where others are ready all the time, those here have waited for long enough. */
    private static final long LONGEST = TimeUnit.MILLISECONDS.toNanos(4);

    /** Long enough for a carrier to look beyond what the timer makes ready: it takes all of that first. */
    private static final long PAUSE = TimeUnit.MICROSECONDS.toNanos(10);

    private static final VirtualThreadSchedulerMXBean SCHEDULER =
            ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class);

    private record Guest(Thread thread, @Nullable Guest before) {}

    private static final AtomicReference<@Nullable Guest> LATEST = new AtomicReference<>();

    private WaitingRoom() {}

    /** Whether somebody waits: who goes on instead keeps them waiting. */
    static boolean occupied() {
        return LATEST.get() != null;
    }

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
        letOthersGo();
        for (var guest = LATEST.getAndSet(null); guest != null; guest = guest.before()) {
            if (guest.thread() != me) {
                LockSupport.unpark(guest.thread());
            }
        }
    }

    /**
     * The timer brings it back: who yields alone is ready at once, and is taken before all that other threads have. Its
     * time runs from when everybody else of the carrier has had a turn.
     */
    private static void letOthersGo() {
        LockSupport.parkNanos(1);
        long end = System.nanoTime() + LONGEST;
        while (SCHEDULER.getQueuedVirtualThreadCount() > 0
                && System.nanoTime() - end < 0
                && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(PAUSE);
        }
    }
}
