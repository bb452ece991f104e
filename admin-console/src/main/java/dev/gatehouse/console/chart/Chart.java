package dev.gatehouse.console.chart;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HasStyle;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import dev.gatehouse.db.live.Counts;
import dev.gatehouse.db.live.LiveTraffic;
import dev.gatehouse.db.live.LiveTraffic.Second;
import java.util.List;
import java.util.function.ToDoubleFunction;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/**
 * The last 15 minutes, second by second. Time runs to the right, gaps stay gaps; dragging zooms, a double click resets.
 * The options travel once, then only seconds that the browser does not have.
 */
@Tag("gatehouse-chart")
@JsModule("context://gatehouse/gatehouse-chart.js")
public final class Chart extends Component implements HasStyle {

    private static final JsonMapper JSON = JsonMapper.shared();

    /** How several series share the picture. */
    public enum Form {
        /** Areas on top of each other: the whole and its parts. */
        STACK,
        LINES
    }

    /**
     * One series.
     *
     * @param colour a custom property of {@code console.css}, such as {@code --good}
     * @param value of one second; NaN: nothing known
     */
    public record Series(String name, String colour, ToDoubleFunction<Counts> value) {}

    private final List<Series> series;
    private List<Second> shown = List.of();

    /**
     * @param label what it shows, for whoever cannot see it
     * @param unit beside every number, such as {@code req/s}
     */
    public Chart(String label, String unit, Form form, List<Series> series) {
        this.series = List.copyOf(series);
        getElement().setAttribute("role", "img");
        getElement().setAttribute("aria-label", label);
        var options = JSON.createObjectNode();
        options.put("unit", unit);
        options.put("stack", form == Form.STACK);
        options.put("seconds", LiveTraffic.SECONDS_KEPT);
        var names = options.putArray("series");
        series.forEach(one -> names.addObject().put("name", one.name()).put("colour", one.colour()));
        getElement().setPropertyJson("options", options);
    }

    /** @param seconds oldest first, without holes */
    public void show(List<Second> seconds) {
        var fresh = seconds.stream().filter(second -> !isShown(second)).toList();
        shown = seconds;
        if (!fresh.isEmpty()) {
            getElement().callJsFunction("push", rows(fresh));
        }
    }

    private boolean isShown(Second second) {
        if (shown.isEmpty()) {
            return false;
        }
        long index = second.at() - shown.getFirst().at();
        return index >= 0 && index < shown.size() && shown.get((int) index).equals(second);
    }

    private ArrayNode rows(List<Second> seconds) {
        var rows = JSON.createArrayNode();
        for (var second : seconds) {
            var row = rows.addArray().add(second.at());
            for (var one : series) {
                double value = second.counts().map(one.value()::applyAsDouble).orElse(Double.NaN);
                if (Double.isNaN(value)) {
                    row.addNull();
                } else {
                    row.add(Math.round(value * 100) / 100.0);
                }
            }
        }
        return rows;
    }

    @Override
    protected void onAttach(AttachEvent attached) {
        shown = List.of(); // a new browser element has nothing yet
    }
}
