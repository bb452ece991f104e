package dev.gatehouse.console.service;

import dev.gatehouse.console.live.Convergence.Level;
import dev.gatehouse.db.model.Service;
import dev.gatehouse.db.store.NodeReports.Known;
import dev.gatehouse.db.store.ServiceState.Condition;
import java.util.List;

/** How many of a service's targets the nodes do not use, or whether they ask it at all, in a few words. */
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
        long open = serving.stream().filter(node -> open(node, name)).count();
        if (open > 0) {
            return open == serving.size()
                    ? new ServiceHealth(Level.BAD, "circuit open")
                    : new ServiceHealth(Level.ATTENTION, "open on " + open + " of " + serving.size() + " nodes");
        }
        if (bad > 0) {
            return new ServiceHealth(Level.ATTENTION, bad + " of " + rows.size() + " failing");
        }
        long out = rows.size() - used;
        return out > 0
                ? new ServiceHealth(Level.UNKNOWN, out + " of " + rows.size() + " put out")
                : new ServiceHealth(Level.GOOD, rows.size() == 1 ? "in use" : "all " + rows.size() + " in use");
    }

    private static boolean open(Known node, String name) {
        return node.report().services().stream()
                .filter(state -> state.service().equals(name))
                .flatMap(state -> state.circuit().stream())
                .anyMatch(circuit -> circuit.condition() == Condition.OPEN);
    }

    /** On any node. */
    private static boolean has(TargetRow row, Level level) {
        return row.cells().stream().anyMatch(cell -> cell.level() == level);
    }
}
