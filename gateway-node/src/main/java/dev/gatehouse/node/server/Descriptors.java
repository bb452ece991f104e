package dev.gatehouse.node.server;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** The file descriptors of this process. */
interface Descriptors {

    /** Of those that are still to be had, a few are for files, classes and stores. */
    int RESERVED_MOST = 1024;

    /** How many may still be taken; the reserve is not among them. */
    long left();

    /** Without a limit where the system does not tell one. */
    static Descriptors ofProcess() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                ? () -> {
                    long limit = system.getMaxFileDescriptorCount();
                    return Math.max(
                            0, limit - Math.min(RESERVED_MOST, limit / 8) - system.getOpenFileDescriptorCount());
                }
                : () -> Integer.MAX_VALUE;
    }
}
