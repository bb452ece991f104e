package dev.gatehouse.console.chart;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HasStyle;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import java.util.Collection;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** A course of numbers as a small drawing without axes, from zero; gaps stay gaps. The number itself stands beside it. */
@Tag("gatehouse-sparkline")
@JsModule("context://gatehouse/gatehouse-sparkline.js")
public final class Sparkline extends Component implements HasStyle {

    /** @param colour a custom property of {@code console.css}, such as {@code --good} */
    public Sparkline(String colour) {
        getElement().setAttribute("aria-hidden", "true");
        getElement().getStyle().set("color", "var(" + colour + ")");
    }

    public void show(Collection<OptionalDouble> points) {
        getElement().setAttribute("points", points(points));
    }

    /** As the attribute {@code points} takes them, for elements that a renderer makes. */
    public static String points(Collection<OptionalDouble> points) {
        return points.stream()
                .map(point -> point.isEmpty() ? "" : short3(point.getAsDouble()))
                .collect(Collectors.joining(","));
    }

    private static String short3(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : String.format(Locale.ROOT, "%.3g", value);
    }
}
