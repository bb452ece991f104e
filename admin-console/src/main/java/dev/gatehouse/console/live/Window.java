package dev.gatehouse.console.live;

import dev.gatehouse.db.live.Counts;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A span of time summed up. What nobody knows is empty, never 0.
 *
 * @param seconds for how many seconds at least one node reported
 */
public record Window(Counts counts, long seconds) {

    public static final Window NONE = new Window(Counts.NONE, 0);

    static Window of(List<dev.gatehouse.db.live.LiveTraffic.Second> seconds) {
        var sum = Counts.NONE;
        long known = 0;
        for (var second : seconds) {
            if (second.counts().isPresent()) {
                sum = sum.plus(second.counts().get());
                known++;
            }
        }
        return new Window(sum, known);
    }

    Window plus(Window other) {
        return new Window(counts.plus(other.counts), seconds + other.seconds);
    }

    /** Requests in a second. */
    public OptionalDouble rate() {
        return seconds == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) counts.requests() / seconds);
    }

    /** 0 to 1; empty without requests. */
    public OptionalDouble errorShare() {
        return share(counts.errors());
    }

    /** 0 to 1; empty without requests. */
    public OptionalDouble refusedShare() {
        return share(counts.refused());
    }

    private OptionalDouble share(long part) {
        long all = counts.requests();
        return all == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) part / all);
    }

    /** The latency that this share of the answers did not exceed, in milliseconds; empty without answers. */
    public OptionalDouble latency(double share) {
        double millis = counts.percentile(share);
        return Double.isNaN(millis) ? OptionalDouble.empty() : OptionalDouble.of(millis);
    }
}
