package dev.gatehouse.console.dashboard;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import dev.gatehouse.console.live.Convergence.Level;
import dev.gatehouse.console.live.Figures;
import dev.gatehouse.console.live.Fleet;
import dev.gatehouse.db.store.NodeReports.Known;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Who carries the traffic, and whether each is well. */
final class NodeList extends Div {

    private final Div list = new Div();
    private @Nullable List<Row> shown;

    /** @param word what is said of it; the reason, where one is needed, follows beneath */
    private record Row(String name, String address, Level level, String word, String reason) {}

    NodeList() {
        addClassName("card");
        var head = new Div(new H2("Nodes"));
        head.addClassName("tile-head");
        list.addClassName("node-list");
        add(head, list);
    }

    void show(Fleet fleet) {
        var rows = fleet.nodes().stream().map(node -> row(node, fleet)).toList();
        if (rows.equals(shown)) {
            return;
        }
        shown = rows;
        list.removeAll();
        rows.forEach(row -> list.add(draw(row)));
        if (rows.isEmpty()) {
            var nothing = new Paragraph(
                    "No gateway node has reported yet. A node does so as soon as it reaches this database.");
            nothing.addClassName("nothing");
            list.add(nothing);
        }
    }

    private static Row row(Known node, Fleet fleet) {
        var name = node.report().name();
        var address = node.report().address();
        var revision = node.report()
                .version()
                .map(version -> "rev " + version.revision())
                .orElse("no configuration");
        if (!node.serving()) {
            return new Row(name, address, Level.BAD, "silent", "Last heard of " + Figures.age(node.age()) + " ago.");
        }
        if (!node.report().problems().isEmpty()) {
            return new Row(
                    name, address, Level.BAD, revision, first(node.report().problems()));
        }
        return node.has(fleet.version())
                ? new Row(name, address, Level.GOOD, revision, "")
                : new Row(
                        name,
                        address,
                        Level.ATTENTION,
                        revision + " → " + fleet.version().revision(),
                        "");
    }

    private static String first(List<String> problems) {
        return problems.getFirst() + (problems.size() == 1 ? "" : " And " + (problems.size() - 1) + " more.");
    }

    private static Div draw(Row row) {
        var name = new Span(row.name());
        var address = new Span(row.address());
        address.addClassName("secondary");
        var title = new Div(name, address);
        title.addClassName("name");
        var state = new Span(row.word());
        state.addClassName("state");
        state.getElement().setAttribute("data-level", row.level().name().toLowerCase(Locale.ROOT));
        var node = new Div(title, state);
        node.addClassName("node");
        if (!row.reason().isEmpty()) {
            var reason = new Span(row.reason());
            reason.addClassName("node-reason");
            node.add(reason);
        }
        return node;
    }
}
