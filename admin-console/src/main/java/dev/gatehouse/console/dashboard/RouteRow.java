package dev.gatehouse.console.dashboard;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.NativeTableCell;
import com.vaadin.flow.component.html.NativeTableRow;
import com.vaadin.flow.component.html.Span;
import dev.gatehouse.console.chart.Sparkline;
import dev.gatehouse.console.live.Figures;
import dev.gatehouse.console.live.Window;
import java.util.List;

/** One route. Its cells stay and change their content, so that what moves each second does not flicker. */
final class RouteRow extends NativeTableRow {

    private final Span name = new Span();
    private final Span path = new Span();
    private final Span rate = new Span();
    private final Sparkline course = new Sparkline("--accent");
    private final Span errors = new Span();
    private final Span refused = new Span();
    private final Span latency = new Span();

    RouteRow() {
        path.addClassName("secondary");
        cell("name", name, path);
        cell("number", rate);
        cell("course wide-only", course);
        cell("number", errors);
        cell("number wide-only", refused);
        cell("number", latency);
    }

    private void cell(String classes, Component... content) {
        var cell = new NativeTableCell(content);
        cell.addClassNames(classes);
        add(cell);
    }

    /** @param spans the last 15 minutes, oldest first */
    void show(String route, String matched, Window lastMinute, List<Window> spans) {
        name.setText(route);
        path.setText(matched);
        rate.setText(Figures.rate(lastMinute.rate()));
        course.show(spans.stream().map(Window::rate).toList());
        errors.setText(Figures.percent(lastMinute.errorShare()));
        refused.setText(Figures.percent(lastMinute.refusedShare()));
        latency.setText(Figures.millis(lastMinute.latency(0.95)));
    }
}
