package dev.gatehouse.console.route;

import dev.gatehouse.console.chart.Sparkline;
import dev.gatehouse.console.live.Figures;
import dev.gatehouse.console.live.Traffic;
import dev.gatehouse.console.live.Window;
import dev.gatehouse.db.live.Counts;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A route's live traffic, as shown.
 *
 * @param rate requests a second in the last minute
 * @param course its rate over 15 minutes, as a sparkline takes it
 * @param quarter requests in the last 15 minutes
 */
record Flow(String rate, String course, String errors, String latency, long quarter) {

    private static final int MINUTE = 60 / Traffic.SPAN;
    private static final int QUARTER = 90;
    private static final Flow UNKNOWN = new Flow(Figures.NONE, "", Figures.NONE, Figures.NONE, 0);

    /** The flow of each route, by its name. */
    static Function<String, Flow> of(Optional<Traffic> traffic) {
        if (traffic.isEmpty()) {
            return _ -> UNKNOWN;
        }
        var known = traffic.get();
        var minute = known.routes(MINUTE);
        var quarter = known.routes(QUARTER);
        // A route without requests is missing among them; whether that means none is for the seconds to say.
        var quiet = new Window(Counts.NONE, known.last(60).seconds());
        return route ->
                of(minute.getOrDefault(route, quiet), quarter.getOrDefault(route, Window.NONE), known.route(route));
    }

    private static Flow of(Window minute, Window quarter, List<Window> course) {
        return new Flow(
                Figures.rate(minute.rate()),
                Sparkline.points(course.stream().map(Window::rate).toList()),
                Figures.percent(minute.errorShare()),
                Figures.millis(minute.latency(0.95)),
                quarter.counts().requests());
    }
}
