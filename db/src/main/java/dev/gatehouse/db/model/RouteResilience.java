package dev.gatehouse.db.model;

import dev.gatehouse.db.resilience.Concurrency;
import dev.gatehouse.db.resilience.Hedge;
import dev.gatehouse.db.resilience.Priority;
import dev.gatehouse.db.resilience.Retry;
import dev.gatehouse.db.settings.Checked;
import dev.gatehouse.db.settings.Problem;
import dev.gatehouse.db.settings.Setting;
import dev.gatehouse.db.settings.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What a route does when its service fails, and when a node has too much to do. */
public record RouteResilience(
        @Setting(
                label = "Whole timeout",
                help = "How long a request may take in all, to the last byte of its answer. 0s: no bound.",
                fallback = "0s",
                min = "0s",
                max = "1d")
        Duration wholeTimeout,

        @Setting(
                label = "Try timeout",
                help =
                        "How long one try may take until its answer begins, so that there is time for another. 0s: no bound of its own.",
                fallback = "0s",
                min = "0s",
                max = "1h")
        Duration tryTimeout,

        @Setting(label = "Retries", help = "When a request is sent again.")
        Retry retry,

        @Setting(label = "Hedging", help = "A second request beside one that takes long.")
        Hedge hedge,

        @Setting(label = "Bulkhead", help = "How many requests this route may have.")
        Concurrency bulkhead,

        @Setting(
                label = "Priority under load",
                help =
                        "What an overloaded node refuses last (critical) and first (low). Between requests of routes with the same priority, that of the consumers decides, as far as it is known before anybody is let in.",
                fallback = "normal")
        Priority priority,

        @Setting(label = "Fallback", help = "What is answered in place of a service that fails.")
        Fallbacks fallback)
        implements Checked {

    /** What holds where nothing is written. */
    public static final RouteResilience DEFAULT =
            Settings.read(RouteResilience.class, null).orThrow();

    @Override
    public List<Problem> problems() {
        var problems = new ArrayList<Problem>();
        if (bulkhead.queue() > 0 && bulkhead.requests() == 0) {
            problems.add(new Problem("bulkhead.queue", "Nothing waits where the requests have no bound."));
        }
        return problems;
    }
}
