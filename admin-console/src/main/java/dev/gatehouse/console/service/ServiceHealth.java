package dev.gatehouse.console.service;

import dev.gatehouse.console.live.Convergence.Level;
import dev.gatehouse.db.model.Service;
import dev.gatehouse.db.store.NodeReports.Known;
import dev.gatehouse.db.store.ServiceState.Condition;
import java.util.List;

/** How many of a service's targets the nodes do not use, or whether they ask it at all, in a few words. */
record ServiceHealth(Level level, String word) {

    /** @param routed whether any route leads to it */
    static ServiceHealth of(String name, Service service, boolean routed, List<Known> nodes) {
        var serving = nodes.stream().filter(Known::serving).toList();
        if (serving.isEmpty()) {
            return new ServiceHealth(Level.UNKNOWN, "not known");
        }
        var rows = TargetRow.of(name, service, routed, serving);
        long bad = rows.stream().filter(row -> has(row, Level.BAD)).count();
        long used = rows.stream()
                .filter(row -> has(row, Level.GOOD) || has(row, Level.ATTENTION))
                .count();
        if (used == 0 && bad == 0 && !routed) {
            return new ServiceHealth(Level.UNKNOWN, "no route");
        }
        if (used == 0) {
            return new ServiceHealth(Level.BAD, bad == rows.size() ? "all failing" : "none in use");
        }
        long open = serving.stream().filter(node -> open(node, name)).count();
        if (open > 0) {
            return open == serving.size()
                    ? new ServiceHealth(Level.BAD, "circuit open")
                    : new ServiceHealth(Level.ATTENTION, "open on " + open + " of " + serving.size() + " nodes");
        }
        long out = rows.stream()
                .filter(row -> row.cells().stream().allMatch(cell -> cell.level() == Level.UNKNOWN))
                .count();
        if (bad > 0) {
            return new ServiceHealth(
                    Level.ATTENTION,
                    out == 0 ? bad + " of " + rows.size() + " failing" : bad + " failing, " + out + " out");
        }
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
