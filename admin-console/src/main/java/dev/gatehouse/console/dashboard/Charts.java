package dev.gatehouse.console.dashboard;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Span;
import dev.gatehouse.console.chart.Chart;
import dev.gatehouse.console.chart.Chart.Form;
import dev.gatehouse.console.chart.Chart.Series;
import dev.gatehouse.console.live.Traffic;
import dev.gatehouse.db.live.Counts;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** What became of the requests, and how long they took, second by second. */
final class Charts extends Div {

    private final Chart outcomes = new Chart(
            "Requests per second by outcome in the last 15 minutes",
            "req/s",
            Form.STACK,
            List.of(
                    new Series("2xx", "--good", answered("2xx")),
                    new Series("3xx", "--moved", answered("3xx")),
                    new Series("4xx", "--attention", answered("4xx")),
                    new Series("5xx", "--bad", Counts::errors),
                    new Series("refused", "--refused", Counts::refused)));

    private final Chart latency = new Chart(
            "Latency percentiles in the last 15 minutes",
            "ms",
            Form.LINES,
            List.of(
                    new Series("p50", "--p50", counts -> counts.percentile(0.5)),
                    new Series("p95", "--p95", counts -> counts.percentile(0.95)),
                    new Series("p99", "--p99", counts -> counts.percentile(0.99))));

    Charts() {
        addClassName("charts");
        add(card("Traffic by outcome", "req/s", outcomes), card("Latency", "ms", latency));
    }

    private static ToDoubleFunction<Counts> answered(String statusClass) {
        return counts -> counts.answers().getOrDefault(statusClass, 0L);
    }

    private static Div card(String title, String unit, Chart chart) {
        var window = new Span(unit + " · last 15 minutes");
        window.addClassName("tile-window");
        var head = new Div(new H2(title), window);
        head.addClassName("tile-head");
        var card = new Div(head, chart);
        card.addClassNames("card", "chart-card");
        return card;
    }

    void show(Traffic traffic) {
        outcomes.show(traffic.seconds());
        latency.show(traffic.seconds());
    }
}
