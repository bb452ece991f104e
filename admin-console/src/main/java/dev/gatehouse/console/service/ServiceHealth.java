package dev.gatehouse.console.service;

import dev.gatehouse.console.live.Convergence.Level;
import dev.gatehouse.db.model.Service;
import dev.gatehouse.db.store.NodeReports.Known;
import java.util.List;

/** How many of a service's targets the nodes do not use, in a few words. */
record ServiceHealth(Level level, String word) {

    static ServiceHealth of(String name, Service service, List<Known> nodes) {
        var serving = nodes.stream().filter(Known::serving).toList();
        if (serving.isEmpty()) {
            return new ServiceHealth(Level.UNKNOWN, "not known");
        }
        var rows = TargetRow.of(name, service, serving);
        long bad = rows.stream().filter(row -> has(row, Level.BAD)).count();
        long used = rows.stream()
                .filter(row -> has(row, Level.GOOD) || has(row, Level.ATTENTION))
                .count();
        if (used == 0) {
            return new ServiceHealth(Level.BAD, "none in use");
        }
        if (bad > 0) {
            return new ServiceHealth(Level.ATTENTION, bad + " of " + rows.size() + " failing");
        }
        long out = rows.size() - used;
        return out > 0
                ? new ServiceHealth(Level.UNKNOWN, out + " of " + rows.size() + " put out")
                : new ServiceHealth(Level.GOOD, rows.size() == 1 ? "in use" : "all " + rows.size() + " in use");
    }

    /** On any node. */
    private static boolean has(TargetRow row, Level level) {
        return row.cells().stream().anyMatch(cell -> cell.level() == level);
    }
}
