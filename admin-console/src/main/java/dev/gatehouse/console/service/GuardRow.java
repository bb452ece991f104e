package dev.gatehouse.console.service;

import dev.gatehouse.console.listing.Moments;
import dev.gatehouse.console.live.Convergence.Level;
import dev.gatehouse.console.live.Figures;
import dev.gatehouse.db.model.Service;
import dev.gatehouse.db.store.NodeReports.Known;
import dev.gatehouse.db.store.ServiceState;
import dev.gatehouse.db.store.ServiceState.Circuit;
import dev.gatehouse.db.store.ServiceState.Condition;
import dev.gatehouse.db.store.ServiceState.Room;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * One of the things that keep a service from harm, as each node has it now.
 *
 * @param cells one a node, in their order
 */
record GuardRow(String what, List<Cell> cells) {

    /**
     * What one node says.
     *
     * @param level empty for a number that is neither good nor bad
     * @param fill how much of it is used, 0 to 1; empty where it is no amount
     * @param why it is not as it should be; may be empty
     */
    record Cell(String node, Optional<Level> level, String text, OptionalDouble fill, String why)
            implements ByNode.Told {

        private Cell(String node, Level level, String text) {
            this(node, Optional.of(level), text, OptionalDouble.empty(), "");
        }
    }

    /** None where nothing protects the service, and where no node asks it. */
    static List<GuardRow> of(String name, Service service, List<Known> nodes) {
        if (nodes.stream().noneMatch(node -> told(node, name).isPresent())) {
            return List.of();
        }
        var settings = service.resilience();
        var rows = new ArrayList<GuardRow>();
        if (settings.breaker().active()) {
            rows.add(row("Circuit", name, nodes, ServiceState::circuit, GuardRow::circuit));
        }
        boolean adaptive = settings.adaptive().active();
        if (adaptive || settings.bulkhead().requests() > 0) {
            rows.add(row("Running", name, nodes, ServiceState::room, GuardRow::running));
        }
        if (settings.bulkhead().queue() > 0) {
            rows.add(row("Waiting", name, nodes, ServiceState::room, GuardRow::waiting));
        }
        if (adaptive) {
            rows.add(row("Bound by latency", name, nodes, ServiceState::room, GuardRow::bound));
        }
        return rows;
    }

    private static <T> GuardRow row(
            String what, String service, List<Known> nodes, Function<ServiceState, Optional<T>> part, CellOf<T> cell) {
        return new GuardRow(
                what,
                nodes.stream()
                        .map(node -> cell(node, told(node, service).flatMap(part), cell))
                        .toList());
    }

    private static Optional<ServiceState> told(Known node, String service) {
        return node.report().services().stream()
                .filter(state -> state.service().equals(service))
                .findFirst();
    }

    private interface CellOf<T> {
        Cell of(String node, T told);
    }

    private static <T> Cell cell(Known node, Optional<T> told, CellOf<T> cell) {
        var called = node.report().name();
        if (!node.serving()) {
            return new Cell(called, Level.UNKNOWN, "silent");
        }
        return told.map(known -> cell.of(called, known)).orElseGet(() -> new Cell(called, Level.UNKNOWN, "not known"));
    }

    private static Cell circuit(String node, Circuit circuit) {
        var since = "since " + Moments.at(circuit.since()) + ", as " + circuit.why() + "; ";
        var why = switch (circuit.condition()) {
            case CLOSED -> "";
            case HALF_OPEN -> "not closed " + since + "a few requests pass to see whether it has recovered";
            case OPEN -> "open " + since + "the next request passes at " + Moments.at(circuit.probe());
        };
        return new Cell(
                node,
                Optional.of(level(circuit.condition())),
                circuit.condition().toString(),
                OptionalDouble.empty(),
                why);
    }

    private static Level level(Condition condition) {
        return switch (condition) {
            case CLOSED -> Level.GOOD;
            case HALF_OPEN -> Level.ATTENTION;
            case OPEN -> Level.BAD;
        };
    }

    private static Cell running(String node, Room room) {
        var text = Figures.count(room.running()) + " of " + Figures.count(room.limit());
        return room.full()
                ? new Cell(
                        node,
                        Optional.of(Level.ATTENTION),
                        text + ", full",
                        OptionalDouble.of(1),
                        "all requests that it may have at once are running; others are refused")
                : number(node, text, share(room.running(), room.limit()));
    }

    private static Cell waiting(String node, Room room) {
        return number(
                node,
                Figures.count(room.waiting()) + " of " + Figures.count(room.queue()),
                share(room.waiting(), room.queue()));
    }

    private static Cell bound(String node, Room room) {
        return number(
                node,
                Figures.count(room.limit()) + " of at most " + Figures.count(room.most()),
                share(room.limit(), room.most()));
    }

    private static Cell number(String node, String text, OptionalDouble fill) {
        return new Cell(node, Optional.empty(), text, fill, "");
    }

    private static OptionalDouble share(int part, int whole) {
        return whole == 0 ? OptionalDouble.empty() : OptionalDouble.of(Math.min(1, (double) part / whole));
    }
}
