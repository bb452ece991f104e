package dev.gatehouse.console.limit;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableCell;
import com.vaadin.flow.component.html.NativeTableHeaderCell;
import com.vaadin.flow.component.html.NativeTableRow;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A card with a small table that is drawn anew only when its rows are others. */
final class LimitTable<R> extends Div {

    /** A column: what stands over it, how wide it is, and what of a row stands in it. */
    record Column<R>(String heading, String classes, Function<R, Component> cell) {

        static <R> Column<R> text(String heading, String classes, Function<R, String> text) {
            return new Column<>(heading, classes, row -> new Span(text.apply(row)));
        }
    }

    private final NativeTable table = new NativeTable();
    private final Paragraph nothing;
    private final List<Column<R>> columns;
    private @Nullable List<R> shown;

    LimitTable(String heading, String window, String nothing, List<Column<R>> columns) {
        this.columns = columns;
        this.nothing = new Paragraph(nothing);
        var span = new Span(window);
        span.addClassName("tile-window");
        var head = new Div(new H2(heading), span);
        head.addClassName("tile-head");
        this.nothing.addClassName("nothing");
        table.addClassName("table");
        table.getElement().setAttribute("aria-label", heading);
        var row = new NativeTableRow();
        for (var column : columns) {
            var cell = new NativeTableHeaderCell(column.heading);
            cell.addClassNames(column.classes.split(" "));
            cell.getElement().setAttribute("scope", "col");
            row.add(cell);
        }
        table.getHead().add(row);
        addClassName("card");
        add(head, table, this.nothing);
        show(List.of());
    }

    void show(List<R> rows) {
        if (rows.equals(shown)) {
            return;
        }
        shown = List.copyOf(rows);
        table.setVisible(!rows.isEmpty());
        nothing.setVisible(rows.isEmpty());
        table.getBody().removeAll();
        for (var row : rows) {
            var line = new NativeTableRow();
            for (var column : columns) {
                var cell = new NativeTableCell();
                cell.add(column.cell.apply(row));
                cell.addClassNames(column.classes.split(" "));
                line.add(cell);
            }
            table.getBody().add(line);
        }
    }
}
