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
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A card with a small table whose cells stay and are filled anew only when they say something else: a menu in one stays open. */
final class LimitTable<R> extends Div {

    /**
     * A column: what stands over it, how wide it is, and what of a row stands in it.
     *
     * @param decides what of a row decides on its cell: that is drawn anew when this is another
     */
    record Column<R>(String heading, String classes, Function<R, ?> decides, Function<R, Component> cell) {

        Column(String heading, String classes, Function<R, Component> cell) {
            this(heading, classes, row -> row, cell);
        }

        static <R> Column<R> text(String heading, String classes, Function<R, String> text) {
            return new Column<>(heading, classes, text, row -> new Span(text.apply(row)));
        }
    }

    private final NativeTable table = new NativeTable();
    private final Paragraph nothing;
    private final List<Column<R>> columns;
    /** Of each row, one a column. */
    private final List<List<NativeTableCell>> cells = new ArrayList<>();

    private List<R> shown = List.of();

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
        table.setVisible(false);
        addClassName("card");
        add(head, table, this.nothing);
    }

    void show(List<R> rows) {
        table.setVisible(!rows.isEmpty());
        nothing.setVisible(rows.isEmpty());
        while (cells.size() > rows.size()) {
            cells.removeLast();
            table.getBody().remove(table.getBody().getComponentAt(cells.size()));
        }
        for (int i = 0; i < rows.size(); i++) {
            if (i == cells.size()) {
                cells.add(line());
                fill(cells.get(i), null, rows.get(i));
            } else {
                fill(cells.get(i), shown.get(i), rows.get(i));
            }
        }
        shown = List.copyOf(rows);
    }

    private List<NativeTableCell> line() {
        var line = new NativeTableRow();
        var cells = new ArrayList<NativeTableCell>();
        for (var column : columns) {
            var cell = new NativeTableCell();
            cell.addClassNames(column.classes.split(" "));
            cells.add(cell);
            line.add(cell);
        }
        table.getBody().add(line);
        return cells;
    }

    private void fill(List<NativeTableCell> cells, @Nullable R before, R row) {
        for (int i = 0; i < cells.size(); i++) {
            var column = columns.get(i);
            if (before == null || !column.decides.apply(before).equals(column.decides.apply(row))) {
                cells.get(i).removeAll();
                cells.get(i).add(column.cell.apply(row));
            }
        }
    }
}
