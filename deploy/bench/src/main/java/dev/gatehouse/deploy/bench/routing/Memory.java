package dev.gatehouse.deploy.bench.routing;

import dev.gatehouse.node.routing.RouteTable;
import java.lang.management.ManagementFactory;

/** Prints the bytes of heap that a compiled route takes, beside its settings. */
public final class Memory {

    private static final int ROUTES = 10_000;

    private Memory() {}

    public static void main(String[] arguments) {
        try (var compiling = new Compiling()) {
            var snapshot = GitHub.snapshot(ROUTES);
            compiling.compile(GitHub.snapshot(1), RouteTable.NONE);
            long before = used();
            var table = compiling.compile(snapshot, RouteTable.NONE);
            long bytes = used() - before;
            System.out.println(bytes / table.size() + " bytes a route, of " + table.size());
        }
    }

    private static long used() {
        var memory = ManagementFactory.getMemoryMXBean();
        for (int i = 0; i < 5; i++) {
            memory.gc();
        }
        return memory.getHeapMemoryUsage().getUsed();
    }
}
