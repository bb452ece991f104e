package dev.gatehouse.node.server;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongSupplier;

/** The file descriptors of this process. */
interface Descriptors {

    /** Of those that are still to be had, a few are for files, classes and stores. */
    int RESERVED_MOST = 1024;

    /** So many may be opened or closed between two looks at them. */
    int MEANWHILE = 16;

    /** How many may still be taken; the reserve is not among them. */
    long left();

    /** Without a limit where the system does not tell one. */
    static Descriptors ofProcess() {
        if (!(ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system)) {
            return () -> Integer.MAX_VALUE;
        }
        var open = counting(Path.of("/proc/self/fd"), system::getOpenFileDescriptorCount);
        return () -> {
            long limit = system.getMaxFileDescriptorCount();
            return Math.max(0, limit - Math.min(RESERVED_MOST, limit / 8) - open.getAsLong());
        };
    }

    /**
     * How many are open. To list them takes two microseconds for each; Linux tells their number as the size of their folder,
     * since 6.2.
     *
     * @param listing goes where the folder tells anything else
     */
    static LongSupplier counting(Path folder, LongSupplier listing) {
        long told = size(folder, () -> -1);
        return told > 0 && Math.abs(told - listing.getAsLong()) <= MEANWHILE ? () -> size(folder, listing) : listing;
    }

    private static long size(Path folder, LongSupplier otherwise) {
        try {
            return Files.size(folder);
        } catch (IOException e) {
            return otherwise.getAsLong();
        }
    }
}
