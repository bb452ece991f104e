package dev.gatehouse.console.route;

import dev.gatehouse.console.chart.Sparkline;
import dev.gatehouse.console.live.Figures;
import dev.gatehouse.console.live.Traffic;
import dev.gatehouse.console.live.Window;
import dev.gatehouse.db.live.Counts;
import java.util.Optional;

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

    static Flow of(String route, Optional<Traffic> traffic) {
        if (traffic.isEmpty()) {
            return new Flow(Figures.NONE, "", Figures.NONE, Figures.NONE, 0);
        }
        var known = traffic.get();
        // A route without requests is missing among them; whether that means none is for the seconds to say.
        var minute = known.routes(MINUTE)
                .getOrDefault(route, new Window(Counts.NONE, known.last(60).seconds()));
        long quarter =
                known.routes(QUARTER).getOrDefault(route, Window.NONE).counts().requests();
        return new Flow(
                Figures.rate(minute.rate()),
                Sparkline.points(known.route(route).stream().map(Window::rate).toList()),
                Figures.percent(minute.errorShare()),
                Figures.millis(minute.latency(0.95)),
                quarter);
    }
}
