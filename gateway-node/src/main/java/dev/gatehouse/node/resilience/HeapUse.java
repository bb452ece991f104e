package dev.gatehouse.node.resilience;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * How full the heap is of what is still used: what was left by the last collection of its old part. How full it is at any
 * other moment says nothing, since garbage counts too.
 */
final class HeapUse {

    /** Who is short of memory collects all the time: an older reading says nothing any more, and would hold for ever when nothing is let in. */
    private static final long KNOWN = TimeUnit.SECONDS.toNanos(3);

    /** What survives for a moment fills its space as it should. */
    private static final Pattern YOUNG = Pattern.compile("Eden|Survivor|Young");

    private final List<MemoryPoolMXBean> pools = ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP
                    && !YOUNG.matcher(pool.getName()).find())
            .filter(pool -> pool.getCollectionUsage() != null && pool.getUsage().getMax() > 0)
            .toList();
    private long reading;
    private long readAt;

    /** In percent; 0 where nothing is known. */
    int percent(long now) {
        long most = 0;
        long used = 0;
        for (var pool : pools) {
            var left = pool.getCollectionUsage();
            if (left.getMax() > 0 && left.getUsed() * 100 / left.getMax() > most) {
                most = left.getUsed() * 100 / left.getMax();
            }
            used += left.getUsed();
        }
        if (used != reading) {
            reading = used;
            readAt = now;
        }
        return now - readAt < KNOWN ? (int) most : 0;
    }
}
