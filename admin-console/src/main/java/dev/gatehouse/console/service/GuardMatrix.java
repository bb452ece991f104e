package dev.gatehouse.console.service;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeTableCell;
import com.vaadin.flow.component.html.NativeTableRow;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import dev.gatehouse.console.listing.Cells;
import dev.gatehouse.console.listing.Panel;
import dev.gatehouse.console.live.Fleet;
import dev.gatehouse.console.live.Poller;
import dev.gatehouse.console.live.Reading;
import dev.gatehouse.db.model.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What keeps the service from harm on each node, and how full it is. It follows the nodes' reports; cells stay where they are. */
final class GuardMatrix extends Div {

    private final String name;
    private final Service service;
    private final List<NativeTableCell> places = new ArrayList<>();
    private final UnorderedList reasons = ByNode.reasons();
    private List<GuardRow> shown = List.of();

    GuardMatrix(ServiceRow row, Poller<Fleet> fleet) {
        name = row.name();
        service = row.entity();
        addClassName("targets");
        fleet.bind(this, this::read);
    }

    private void read(Reading<Fleet> reading) {
        var rows = GuardRow.of(name, service, reading.value().map(Fleet::nodes).orElse(List.of()));
        if (rows.equals(shown)) {
            return;
        }
        if (!frame(rows).equals(frame(shown))) {
            removeAll();
            places.clear();
            if (!rows.isEmpty()) {
                add(Panel.section("Protection now", table(rows), reasons));
            }
        }
        var before = cells(shown);
        var now = cells(rows);
        for (int i = 0; i < now.size(); i++) {
            if (i >= before.size()
                    || !now.get(i).equals(before.get(i))
                    || places.get(i).getChildren().findAny().isEmpty()) {
                fill(places.get(i), now.get(i));
            }
        }
        if (!whys(rows).equals(whys(shown))) {
            reasons.removeAll();
            rows.forEach(this::explain);
        }
        reasons.setVisible(reasons.getChildren().findAny().isPresent());
        shown = rows;
    }

    /** What decides which cells there are. */
    private static List<List<String>> frame(List<GuardRow> rows) {
        return rows.stream()
                .map(row -> {
                    var names = new ArrayList<>(List.of(row.what()));
                    row.cells().forEach(cell -> names.add(cell.node()));
                    return List.copyOf(names);
                })
                .toList();
    }

    private static List<GuardRow.Cell> cells(List<GuardRow> rows) {
        return rows.stream().flatMap(row -> row.cells().stream()).toList();
    }

    private static List<String> whys(List<GuardRow> rows) {
        return cells(rows).stream().map(cell -> cell.node() + cell.why()).toList();
    }

    private Component table(List<GuardRow> rows) {
        var nodes = rows.getFirst().cells().stream().map(GuardRow.Cell::node).toList();
        var table = ByNode.table("Protection by node", "", nodes);
        for (var row : rows) {
            var line = new NativeTableRow(new NativeTableCell(row.what()));
            for (var cell : row.cells()) {
                var place = ByNode.cell(cell.node());
                places.add(place);
                line.add(place);
            }
            table.getBody().add(line);
        }
        return ByNode.around(table);
    }

    private static void fill(NativeTableCell place, GuardRow.Cell cell) {
        place.removeAll();
        place.add(cell.level()
                .<Component>map(level -> Cells.state(level, cell.text()))
                .orElseGet(() -> new Span(cell.text())));
        cell.fill().ifPresent(fill -> {
            var bar = new Div();
            bar.addClassName("targets-fill");
            bar.setClassName("targets-fill-full", cell.level().isPresent());
            bar.getStyle().set("--fill", String.format(Locale.ROOT, "%.0f%%", fill * 100));
            place.add(bar);
        });
    }

    private void explain(GuardRow row) {
        ByNode.together(row.cells())
                .forEach((why, cells) -> reasons.add(
                        ByNode.reason(new Span(row.what()), cells, row.cells().size(), why)));
    }
}
