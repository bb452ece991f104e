package dev.gatehouse.node.resilience;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * How full the heap is of what is still used: what was left by the last collection of its old part. How full it is at any
 * other moment says nothing, since garbage counts too.
 */
final class HeapUse {

    /**
     * Who is short of memory collects all the time: a reading counts until the next one is overdue, so many times as long
     * as between the last two. For ever it would hold where nothing is let in.
     */
    private static final int OVERDUE = 4;

    private static final long AT_LEAST = TimeUnit.SECONDS.toNanos(3);
    private static final long AT_MOST = TimeUnit.SECONDS.toNanos(30);

    /** What survives for a moment fills its space as it should. */
    private static final Pattern YOUNG = Pattern.compile("Eden|Survivor|Young");

    /**
     * What the last collection left.
     *
     * @param used in bytes, by which one is told from the next
     * @param percent of the greatest size
     */
    record Left(long used, int percent) {}

    private final Supplier<Left> last;
    private long reading;
    private long readAt;
    private long counts;

    HeapUse() {
        this(left(ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP
                        && !YOUNG.matcher(pool.getName()).find())
                .filter(pool ->
                        pool.getCollectionUsage() != null && pool.getUsage().getMax() > 0)
                .toList()));
    }

    HeapUse(Supplier<Left> last) {
        this.last = last;
    }

    private static Supplier<Left> left(List<MemoryPoolMXBean> pools) {
        return () -> {
            long most = 0;
            long used = 0;
            for (var pool : pools) {
                var left = pool.getCollectionUsage();
                if (left.getMax() > 0) {
                    most = Math.max(most, left.getUsed() * 100 / left.getMax());
                }
                used += left.getUsed();
            }
            return new Left(used, (int) most);
        };
    }

    /** In percent; 0 where nothing is known. */
    int percent(long now) {
        var left = last.get();
        if (left.used() != reading) {
            long since = now - readAt;
            // who collects that seldom is not short of memory
            counts = reading == 0 || since > AT_MOST ? AT_LEAST : Math.clamp(since * OVERDUE, AT_LEAST, AT_MOST);
            reading = left.used();
            readAt = now;
        }
        return now - readAt < counts ? left.percent() : 0;
    }
}
