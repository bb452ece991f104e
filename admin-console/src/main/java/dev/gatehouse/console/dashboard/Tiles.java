package dev.gatehouse.console.dashboard;

import com.vaadin.flow.component.html.Div;
import dev.gatehouse.console.live.Figures;
import dev.gatehouse.console.live.Traffic;
import dev.gatehouse.console.live.Window;
import dev.gatehouse.db.live.Counts;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Is all well? Four numbers. */
final class Tiles extends Div {

    private static final int SECONDS = 60;
    private static final String MINUTE = "1 min";

    private final Tile requests = new Tile("Requests", MINUTE, "--accent");
    private final Tile errors = new Tile("Errors", MINUTE, "--bad");
    private final Tile refused = new Tile("Refused", MINUTE, "--refused");
    private final Tile latency = new Tile("Latency p95", MINUTE, "--accent");

    Tiles() {
        addClassName("tiles");
        add(requests, errors, refused, latency);
        List.of(requests, errors, refused, latency).forEach(tile -> tile.show(Figures.NONE, "", " ", List.of()));
    }

    void show(Traffic traffic) {
        var now = traffic.last(SECONDS);
        var counts = now.counts();
        var all = Figures.count(counts.requests());
        requests.show(
                Figures.rate(now.rate()),
                "req/s",
                now.seconds() == 0 ? "No node reported." : all + " requests",
                course(traffic, Window::rate));
        errors.show(
                Figures.percent(now.errorShare()),
                "",
                known(now, Figures.count(counts.errors()) + " of " + all + " failed" + again(counts)),
                course(traffic, Window::errorShare));
        refused.show(
                Figures.percent(now.refusedShare()),
                "",
                known(now, reasons(counts.refusals())),
                course(traffic, Window::refusedShare));
        latency.show(
                Figures.millis(now.latency(0.95)),
                "",
                now.latency(0.5).isEmpty()
                        ? "No answers."
                        : "p50 " + Figures.millis(now.latency(0.5)) + " · p99 " + Figures.millis(now.latency(0.99)),
                course(traffic, span -> span.latency(0.95)));
    }

    private static String known(Window window, String detail) {
        return window.counts().requests() == 0 ? "No requests." : detail;
    }

    /** What was saved from failing, or tried to be. */
    private static String again(Counts counts) {
        return counts.again() == 0 ? "" : " · " + Figures.count(counts.again()) + " sent again";
    }

    /** The two most frequent ones. */
    private static String reasons(Map<String, Long> refusals) {
        var most = refusals.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
                .limit(2)
                .map(refusal -> refusal.getKey() + " " + Figures.count(refusal.getValue()))
                .collect(Collectors.joining(" · "));
        return most.isEmpty() ? "Nobody was refused." : most;
    }

    private static List<OptionalDouble> course(Traffic traffic, Function<Window, OptionalDouble> number) {
        return traffic.spans().stream().map(span -> number.apply(span.all())).toList();
    }
}
