package dev.gatehouse.console.live;

import dev.gatehouse.console.live.Traffic.Span;
import dev.gatehouse.db.live.LiveTraffic;
import dev.gatehouse.db.live.LiveTraffic.Second;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads live traffic from Redis: all of it once, then only what is new or may still have changed. */
public final class TrafficQuestion implements Function<Optional<Traffic>, Traffic> {

    /** A node reports a second shortly after its end; clocks differ a little. */
    private static final long SETTLING_MILLIS = 1_200;

    /** How many seconds back a slow node may still add to. */
    private static final int LATE = 5;

    private static final int SPANS = LiveTraffic.SECONDS_KEPT / Traffic.SPAN;

    private final LiveTraffic live;
    private final Clock clock;

    public TrafficQuestion(LiveTraffic live, Clock clock) {
        this.live = live;
        this.clock = clock;
    }

    @Override
    public Traffic apply(Optional<Traffic> previous) {
        long until = (clock.millis() - SETTLING_MILLIS) / 1_000;
        var seconds = seconds(previous, until);
        boolean seen = previous.map(Traffic::everSeen).orElse(false)
                || seconds.stream()
                        .flatMap(second -> second.counts().stream())
                        .anyMatch(counts -> counts.requests() > 0);
        return new Traffic(seconds, spans(previous, seconds, until), seen);
    }

    private List<Second> seconds(Optional<Traffic> previous, long until) {
        long from = until - LiveTraffic.SECONDS_KEPT + 1;
        var seconds = new ArrayList<Second>();
        previous.ifPresent(known -> known.seconds().stream()
                .filter(second -> second.at() >= from && second.at() <= Math.min(known.until(), until) - LATE)
                .forEach(seconds::add));
        if (!seconds.isEmpty() && seconds.getFirst().at() != from) {
            seconds.clear(); // the clock was set back
        }
        long next = seconds.isEmpty() ? from : seconds.getLast().at() + 1;
        seconds.addAll(live.seconds(next, until));
        return List.copyOf(seconds);
    }

    private List<Span> spans(Optional<Traffic> previous, List<Second> seconds, long until) {
        long newest = until / Traffic.SPAN;
        var spans = new ArrayList<Span>();
        for (long span = newest - SPANS + 1; span <= newest; span++) {
            long at = span * Traffic.SPAN;
            spans.add(previous.flatMap(known -> settled(known, at)).orElseGet(() -> read(at, seconds)));
        }
        return List.copyOf(spans);
    }

    private static Optional<Span> settled(Traffic known, long at) {
        return at + Traffic.SPAN + LATE > known.until()
                ? Optional.empty()
                : known.spans().stream().filter(span -> span.at() == at).findFirst();
    }

    private Span read(long at, List<Second> seconds) {
        var within = seconds.stream()
                .filter(second -> second.at() >= at && second.at() < at + Traffic.SPAN)
                .toList();
        return new Span(at, Window.of(within), live.routes(at, at + Traffic.SPAN - 1));
    }
}
