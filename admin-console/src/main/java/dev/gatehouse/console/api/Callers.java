package dev.gatehouse.console.api;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableCell;
import com.vaadin.flow.component.html.NativeTableHeaderCell;
import com.vaadin.flow.component.html.NativeTableRow;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import dev.gatehouse.console.listing.Cells;
import dev.gatehouse.console.listing.Moments;
import dev.gatehouse.console.live.Figures;
import dev.gatehouse.db.live.VersionCalls;
import dev.gatehouse.db.live.VersionCalls.Usage;
import java.util.List;

/** Who calls one version of an API. */
final class Callers extends Div {

    private static final int MOST = 50;

    Callers(String version, List<Usage> usages) {
        var consumers =
                usages.stream().filter(usage -> !usage.consumer().isEmpty()).count();
        add(new Paragraph(sentence(version, consumers, usages.size() > consumers)));
        if (!usages.isEmpty()) {
            add(table(version, usages));
        }
    }

    private static String sentence(String version, long consumers, boolean others) {
        if (consumers == 0) {
            return others
                    ? version + " was called without a key only in the last 30 days."
                    : "Nobody called " + version + " in the last 30 days.";
        }
        return (consumers == 1 ? "1 consumer" : consumers + " consumers") + " called " + version
                + " in the last 30 days.";
    }

    private static Component table(String version, List<Usage> usages) {
        var table = new NativeTable();
        table.addClassName("table");
        table.getElement().setAttribute("aria-label", "Who calls " + version);
        table.getHead()
                .add(new NativeTableRow(
                        heading("Consumer", "name"),
                        heading("24 h", "number"),
                        heading("7 d", "number"),
                        heading("Last call", "number")));
        usages.stream()
                .limit(MOST)
                .forEach(usage -> table.getBody()
                        .add(new NativeTableRow(
                                cell(consumer(usage.consumer()), "name"),
                                cell(new Span(Figures.count(usage.day())), "number"),
                                cell(new Span(Figures.count(usage.week())), "number"),
                                cell(new Span(Moments.at(usage.last())), "number"))));
        return table;
    }

    private static Component consumer(String name) {
        return switch (name) {
            case "" -> Cells.secondary("without a valid key");
            case VersionCalls.OTHERS -> Cells.secondary("other consumers");
            default -> Cells.link("consumers/" + name, name);
        };
    }

    private static NativeTableHeaderCell heading(String text, String classes) {
        var cell = new NativeTableHeaderCell(text);
        cell.addClassNames(classes);
        return cell;
    }

    private static NativeTableCell cell(Component content, String classes) {
        var cell = new NativeTableCell(content);
        cell.addClassNames(classes);
        return cell;
    }
}
