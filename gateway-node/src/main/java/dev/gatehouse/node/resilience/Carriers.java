package dev.gatehouse.node.resilience;

import java.lang.management.ManagementFactory;
import java.util.function.IntSupplier;
import jdk.management.VirtualThreadSchedulerMXBean;

/** The threads that carry virtual ones, and how much they have to do. */
final class Carriers implements IntSupplier {

    private final VirtualThreadSchedulerMXBean scheduler =
            ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class);

    /**
     * How many threads are ready that do not run yet, beyond one for each carrier: that is the one that looks for what
     * has come.
     */
    @Override
    public int getAsInt() {
        return (int) scheduler.getQueuedVirtualThreadCount() - scheduler.getParallelism();
    }
}
