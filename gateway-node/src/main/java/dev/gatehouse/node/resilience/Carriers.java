package dev.gatehouse.node.resilience;

import java.lang.management.ManagementFactory;
import java.util.function.BooleanSupplier;
import jdk.management.VirtualThreadSchedulerMXBean;

/** The threads that carry virtual ones, and whether they are about to have nothing to do. */
final class Carriers implements BooleanSupplier {

    private final VirtualThreadSchedulerMXBean scheduler =
            ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class);

    /**
     * Whether hardly a thread is ready that does not run yet. One for each carrier does not count: it is the one that
     * looks for what has come.
     */
    @Override
    public boolean getAsBoolean() {
        return scheduler.getQueuedVirtualThreadCount() <= scheduler.getParallelism();
    }
}
