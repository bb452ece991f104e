package dev.gatehouse.console.live;

import dev.gatehouse.db.live.Counts;
import dev.gatehouse.db.live.LiveTraffic.Second;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The last 15 minutes over all nodes.
 *
 * @param seconds oldest first, one for each second; the last one is the newest that nodes have had time to report
 * @param spans the same time in spans of {@link #SPAN} seconds, oldest first; the last one is not over yet
 * @param everSeen has any request been seen since the console started, or in these 15 minutes?
 */
public record Traffic(List<Second> seconds, List<Span> spans, boolean everSeen) {

    /** Length of a {@link Span} in seconds. */
    public static final int SPAN = 10;

    /**
     * Some seconds, by route.
     *
     * @param at epoch second of its beginning, a multiple of {@link #SPAN}
     */
    public record Span(long at, Window all, Map<String, Counts> routes) {}

    /** Epoch second of the newest entry. */
    public long until() {
        return seconds.getLast().at();
    }

    /** The newest seconds summed up. */
    public Window last(int howMany) {
        return Window.of(seconds.subList(Math.max(0, seconds.size() - howMany), seconds.size()));
    }

    /** Each route's newest spans summed up. The last one is not over, so these are a little less than {@code howMany * SPAN} seconds. */
    public Map<String, Window> routes(int howMany) {
        var newest = spans.subList(Math.max(0, spans.size() - howMany), spans.size());
        long seconds = newest.stream().mapToLong(span -> span.all().seconds()).sum();
        var sums = new HashMap<String, Counts>();
        newest.forEach(span -> span.routes().forEach((route, counts) -> sums.merge(route, counts, Counts::plus)));
        var windows = new HashMap<String, Window>();
        sums.forEach((route, counts) -> windows.put(route, new Window(counts, seconds)));
        return windows;
    }

    /** One window for each span that is over. */
    public List<Window> route(String name) {
        return spans.subList(0, spans.size() - 1).stream()
                .map(span -> new Window(
                        span.routes().getOrDefault(name, Counts.NONE),
                        span.all().seconds()))
                .toList();
    }
}
