package dev.gatehouse.db.model;

import dev.gatehouse.db.settings.Checked;
import dev.gatehouse.db.settings.Problem;
import dev.gatehouse.db.settings.Setting;
import dev.gatehouse.db.settings.Settings;
import java.time.Duration;
import java.util.List;

/** When a target gets no requests for a while because of what became of those it got. Each node judges by its own. */
public record Ejection(
        @Setting(
                label = "Gateway errors",
                help =
                        "Requests in a row that a target did not answer in time or at all, or with 502, 503 or 504, until it is ejected; as many answers in a row that broke off do so too. 0: never.",
                fallback = "5",
                min = "0",
                max = "1000",
                unit = "in a row")
        long gatewayErrors,

        @Setting(
                label = "Errors",
                help =
                        "The same with any 5xx: an error of one request ejects a target that is well otherwise, so it is off. 0: never.",
                fallback = "0",
                min = "0",
                max = "1000",
                unit = "in a row")
        long errors,

        @Setting(
                label = "Least success",
                help =
                        "How many requests in a hundred have to succeed (no 5xx) within an interval, or else the target is ejected. 0: any.",
                fallback = "0",
                min = "0",
                max = "100",
                unit = "%")
        long leastSuccess,

        @Setting(
                label = "Slower than others",
                help =
                        "A target is ejected when its answers took this many times as long as the median of the targets, and 10 ms more at least, over an interval. 0: never.",
                fallback = "0",
                min = "0",
                max = "100",
                unit = "times")
        long slowerThanOthers,

        @Setting(
                label = "Interval",
                help = "What success and latency are judged over.",
                fallback = "10s",
                min = "1s",
                max = "10m")
        Duration interval,

        @Setting(
                label = "Least requests",
                help = "How many a target must have had in an interval for its success and latency to say something.",
                fallback = "20",
                min = "1",
                max = "100000",
                unit = "requests")
        long leastRequests,

        @Setting(
                label = "Ejection time",
                help =
                        "How long the first ejection lasts; each one soon after another lasts that much longer. Before requests go there again, a connection or the health check must succeed; then one request at a time, until one has.",
                fallback = "30s",
                min = "100ms",
                max = "1h")
        Duration time,

        @Setting(
                label = "Longest ejection",
                help = "However often it happens.",
                fallback = "5m",
                min = "100ms",
                max = "1d")
        Duration longest,

        @Setting(
                label = "Share cap",
                help = "Never more of a service's targets than this are ejected at once. 0: none ever is.",
                fallback = "50",
                min = "0",
                max = "100",
                unit = "%")
        long share)
        implements Checked {

    /** What holds where nothing is written. */
    public static final Ejection DEFAULT = Settings.read(Ejection.class, null).orThrow();

    /** Nothing ejects. */
    public static final Ejection NEVER =
            new Ejection(0, 0, 0, 0, DEFAULT.interval, DEFAULT.leastRequests, DEFAULT.time, DEFAULT.longest, 0);

    /** Is what was collected over an interval looked at? */
    public boolean byInterval() {
        return leastSuccess > 0 || slowerThanOthers > 0;
    }

    @Override
    public List<Problem> problems() {
        if (longest.compareTo(time) < 0) {
            return List.of(new Problem("longest", "Must not be less than the ejection time."));
        }
        return slowerThanOthers == 1
                ? List.of(new Problem("slower-than-others", "Must be 2 or more: every target is as slow as itself."))
                : List.of();
    }
}
