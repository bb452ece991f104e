package dev.gatehouse.console.service;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableCell;
import com.vaadin.flow.component.html.NativeTableHeaderCell;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What keeps the service from harm on each node, and how full it is. It follows the nodes' reports; cells stay where they are. */
final class GuardMatrix extends Div {

    private final String name;
    private final Service service;
    private final List<NativeTableCell> places = new ArrayList<>();
    private final UnorderedList reasons = new UnorderedList();
    private List<GuardRow> shown = List.of();

    GuardMatrix(ServiceRow row, Poller<Fleet> fleet) {
        name = row.name();
        service = row.entity();
        addClassName("targets");
        reasons.addClassName("targets-reasons");
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
            add(Panel.section("Protection now", table(rows), reasons));
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
        var table = new NativeTable();
        table.addClassName("table");
        table.getElement().setAttribute("aria-label", "Protection by node");
        var head = new NativeTableRow(new NativeTableHeaderCell(""));
        rows.getFirst().cells().forEach(cell -> head.add(new NativeTableHeaderCell(cell.node())));
        table.getHead().add(head);
        for (var row : rows) {
            var line = new NativeTableRow(new NativeTableCell(row.what()));
            for (var cell : row.cells()) {
                var place = new NativeTableCell();
                // where there is no room for columns
                place.getElement().setAttribute("data-node", cell.node());
                places.add(place);
                line.add(place);
            }
            table.getBody().add(line);
        }
        var around = new Div(table);
        around.addClassName("targets-table");
        return around;
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

    /** Nodes that say the same say it together. */
    private void explain(GuardRow row) {
        var told = new LinkedHashMap<String, List<GuardRow.Cell>>();
        for (var cell : row.cells()) {
            if (!cell.why().isEmpty()) {
                told.computeIfAbsent(cell.why(), _ -> new ArrayList<>()).add(cell);
            }
        }
        told.forEach((why, cells) -> reasons.add(new ListItem(
                new Span(row.what()),
                Cells.secondary(" on " + cells.stream().map(GuardRow.Cell::node).collect(Collectors.joining(", "))
                        + ": " + why))));
    }
}
