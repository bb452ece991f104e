package dev.gatehouse.console.service;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeTableCell;
import com.vaadin.flow.component.html.NativeTableRow;
import com.vaadin.flow.component.html.UnorderedList;
import dev.gatehouse.console.listing.Cells;
import dev.gatehouse.console.listing.Moments;
import dev.gatehouse.console.listing.Panel;
import dev.gatehouse.console.live.Convergence.Level;
import dev.gatehouse.console.live.Fleet;
import dev.gatehouse.console.live.Poller;
import dev.gatehouse.console.live.Reading;
import dev.gatehouse.db.model.Service;
import dev.gatehouse.db.model.Target;
import dev.gatehouse.db.store.NodeReports.Known;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiConsumer;

/** Which node uses which target, and why not; and each target put out of use or back by hand. It follows the nodes' reports. */
final class TargetMatrix extends Div {

    private final String name;
    private final Service service;
    private final boolean routed;
    private final BiConsumer<Target, Target.State> change;
    private List<TargetRow> shown = List.of();

    /** @param change puts a target into a state, on all nodes */
    TargetMatrix(ServiceRow row, Poller<Fleet> fleet, BiConsumer<Target, Target.State> change) {
        name = row.name();
        service = row.entity();
        routed = !row.routes().isEmpty();
        this.change = change;
        addClassName("targets");
        fleet.bind(this, this::read);
    }

    private void read(Reading<Fleet> reading) {
        var nodes = reading.value().map(Fleet::nodes).orElse(List.of());
        var rows = TargetRow.of(name, service, routed, nodes);
        if (!rows.equals(shown)) {
            shown = rows;
            removeAll();
            var section = Panel.section("Targets now", table(rows, nodes));
            var reasons = reasons(rows);
            if (reasons.getElement().getChildCount() > 0) {
                section.add(reasons);
            }
            add(section);
        }
    }

    private Component table(List<TargetRow> rows, List<Known> nodes) {
        var table = ByNode.table(
                "Targets by node",
                "Target",
                nodes.stream().map(node -> node.report().name()).toList());
        Target before = null;
        for (var row : rows) {
            if (!row.address().isEmpty() && !row.target().equals(before)) {
                var title =
                        new NativeTableCell(target(row.target(), row.target().identity()));
                title.setColspan(1 + nodes.size());
                table.getBody().add(new NativeTableRow(title));
            }
            var first = row.address().isEmpty() ? target(row.target(), row.text()) : Cells.exact(row.text());
            var named = new NativeTableCell(first);
            named.setClassName("targets-address", !row.address().isEmpty());
            var line = new NativeTableRow(named);
            row.cells().forEach(cell -> line.add(seen(cell)));
            table.getBody().add(line);
            before = row.target();
        }
        return ByNode.around(table);
    }

    private static NativeTableCell seen(TargetRow.Cell cell) {
        var state = Cells.state(cell.level(), cell.word());
        if (!cell.why().isEmpty()) {
            state.getElement().setAttribute("title", cell.why());
        }
        var place = ByNode.cell(cell.node());
        place.add(state);
        return place;
    }

    private Component target(Target target, String text) {
        var actions = new Div();
        actions.addClassName("targets-actions");
        for (var state : Target.State.values()) {
            if (state != target.state()) {
                actions.add(button(target, state));
            }
        }
        var url = Cells.exact(text);
        var place = new Div(url, actions);
        place.addClassName("targets-target");
        return place;
    }

    private Button button(Target target, Target.State state) {
        var word = verb(state);
        var button = new Button(word, _ -> change.accept(target, state));
        button.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
        button.setAriaLabel(word + " " + target.identity());
        button.setTooltipText(
                switch (state) {
                    case ACTIVE -> "It takes requests again, on all nodes.";
                    case DRAINED ->
                        "Only callers that stick to it are still sent there; what runs there ends in peace.";
                    case HELD -> "Nobody is sent there and it is not checked; what runs there ends in peace.";
                });
        return button;
    }

    static String verb(Target.State state) {
        return switch (state) {
            case ACTIVE -> "Activate";
            case DRAINED -> "Drain";
            case HELD -> "Hold";
        };
    }

    private static UnorderedList reasons(List<TargetRow> rows) {
        var reasons = ByNode.reasons();
        for (var row : rows) {
            var wrong = row.cells().stream()
                    .filter(cell -> cell.level() != Level.GOOD)
                    .toList();
            ByNode.together(wrong)
                    .forEach((why, cells) -> reasons.add(ByNode.reason(
                            Cells.exact(row.text()), cells, row.cells().size(), why + since(cells))));
        }
        return reasons;
    }

    /** Since the first of them has said so. */
    private static String since(List<TargetRow.Cell> cells) {
        return cells.stream()
                .map(TargetRow.Cell::since)
                .filter(since -> !since.equals(Instant.EPOCH))
                .min(Comparator.naturalOrder())
                .map(since -> ", since " + Moments.at(since))
                .orElse("");
    }
}
