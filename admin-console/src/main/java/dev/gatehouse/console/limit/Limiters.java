package dev.gatehouse.console.limit;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Span;
import dev.gatehouse.console.limit.LimitTable.Column;
import dev.gatehouse.console.listing.Cells;
import dev.gatehouse.console.live.Convergence.Level;
import dev.gatehouse.console.live.Figures;
import dev.gatehouse.console.live.Fleet;
import dev.gatehouse.db.live.LimitSightings.LimiterState;
import dev.gatehouse.db.store.NodeReports.Known;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How the nodes count. Who tells PostgreSQL that it serves and tells Redis nothing counts alone. */
final class Limiters {

    /** Nodes tell once a second. */
    private static final int SILENT_SECONDS = 5;

    private final LimitTable<Row> table =
            new LimitTable<>("How the nodes count", "now", "No node has told yet.", columns());

    /** @param state null where Redis has been told nothing lately */
    private record Row(String node, @Nullable LimiterState state) {}

    LimitTable<?> table() {
        return table;
    }

    /** @param told by nodes to Redis */
    void show(List<LimiterState> told, Optional<Fleet> fleet, Instant now) {
        var rows = new ArrayList<Row>();
        var heard = new HashSet<String>();
        for (var state : told) {
            if (now.getEpochSecond() - state.at() <= SILENT_SECONDS) {
                rows.add(new Row(state.node(), state));
                heard.add(state.node());
            }
        }
        fleet.map(Fleet::nodes).orElse(List.of()).stream()
                .filter(Known::serving)
                .map(node -> node.report().name())
                .filter(node -> !heard.contains(node))
                .forEach(node -> rows.add(new Row(node, null)));
        table.show(rows);
    }

    private static List<Column<Row>> columns() {
        return List.of(
                Column.text("Node", "name", Row::node),
                new Column<>("Counting", "name", row -> standing(row.state)),
                of("Without asking", "number", state -> Figures.percent(withoutAsking(state))),
                of("Leases", "number wide-only", state -> Figures.count(state.leases())),
                of("Permits held", "number wide-only", state -> Figures.count(state.permits())));
    }

    private static Column<Row> of(String heading, String classes, Function<LimiterState, String> text) {
        return new Column<>(heading, classes, row -> row.state == null ? new Span() : new Span(text.apply(row.state)));
    }

    private static OptionalDouble withoutAsking(LimiterState state) {
        return state.decisions() == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(Math.max(0, 1 - (double) state.roundTrips() / state.decisions()));
    }

    private static Component standing(@Nullable LimiterState state) {
        return switch (state == null ? "" : state.standing()) {
            case "counting" -> Cells.state(Level.GOOD, "with all nodes");
            case "joined" -> Cells.state(Level.ATTENTION, "waits for other nodes");
            case "new" -> Cells.state(Level.ATTENTION, "begins");
            default -> Cells.state(Level.BAD, "alone, without Redis");
        };
    }
}
