package dev.gatehouse.console.dashboard;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Span;
import dev.gatehouse.console.chart.Sparkline;
import java.util.List;
import java.util.OptionalDouble;

/** One number with its unit, what it is made of, and its course over 15 minutes. */
final class Tile extends Div {

    private final Span value = new Span();
    private final Span unit = new Span();
    private final Span detail = new Span();
    private final Sparkline course;

    Tile(String title, String window, String colour) {
        addClassNames("card", "tile");
        course = new Sparkline(colour);
        value.addClassName("tile-value");
        unit.addClassName("tile-unit");
        detail.addClassName("tile-detail");
        var span = new Span(window);
        span.addClassName("tile-window");
        var head = new Div(new H2(title), span);
        head.addClassName("tile-head");
        var number = new Div(value, unit);
        number.addClassName("tile-number");
        add(head, number, detail, course);
    }

    void show(String number, String of, String made, List<OptionalDouble> points) {
        value.setText(number);
        unit.setText(of);
        detail.setText(made);
        course.show(points);
    }
}
