package dev.gatehouse.console.dashboard;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableHeaderCell;
import com.vaadin.flow.component.html.NativeTableRow;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import dev.gatehouse.console.live.Traffic;
import dev.gatehouse.console.live.Window;
import dev.gatehouse.db.model.Route;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Where the requests go. */
final class BusiestRoutes extends Div {

    private static final int MOST = 8;
    private static final int SPANS = 6;

    private final NativeTable table = new NativeTable();
    private final List<RouteRow> rows = new ArrayList<>();
    private final Paragraph nothing = new Paragraph("No route had a request in the last minute.");

    BusiestRoutes() {
        addClassName("card");
        var window = new Span("1 min");
        window.addClassName("tile-window");
        var head = new Div(new H2("Busiest routes"), window);
        head.addClassName("tile-head");
        nothing.addClassName("nothing");
        table.addClassName("table");
        table.getElement().setAttribute("aria-label", "Busiest routes");
        table.getHead()
                .add(new NativeTableRow(
                        heading("Route", "name"),
                        heading("Req/s", "number"),
                        heading("15 minutes", "course wide-only"),
                        heading("Errors", "number"),
                        heading("Refused", "number wide-only"),
                        heading("p95", "number")));
        add(head, table, nothing);
    }

    private static NativeTableHeaderCell heading(String text, String classes) {
        var cell = new NativeTableHeaderCell(text);
        cell.addClassNames(classes);
        cell.getElement().setAttribute("scope", "col");
        return cell;
    }

    /** @param routes as configured: one that was deleted meanwhile may still have traffic */
    void show(Traffic traffic, Map<String, Route> routes) {
        var busiest = traffic.routes(SPANS).entrySet().stream()
                .sorted(Comparator.comparingLong((Map.Entry<String, Window> route) ->
                                -route.getValue().counts().requests())
                        .thenComparing(Map.Entry::getKey))
                .limit(MOST)
                .toList();
        nothing.setVisible(busiest.isEmpty());
        table.setVisible(!busiest.isEmpty());
        size(busiest.size());
        for (int i = 0; i < busiest.size(); i++) {
            var name = busiest.get(i).getKey();
            var route = routes.get(name);
            var matched = route == null ? "deleted" : route.match().path();
            rows.get(i).show(name, matched, busiest.get(i).getValue(), traffic.route(name));
        }
    }

    private void size(int wanted) {
        while (rows.size() < wanted) {
            var row = new RouteRow();
            rows.add(row);
            table.getBody().add(row);
        }
        while (rows.size() > wanted) {
            table.getBody().remove(rows.removeLast());
        }
    }
}
