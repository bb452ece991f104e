package dev.gatehouse.db.resilience;

import dev.gatehouse.db.settings.Checked;
import dev.gatehouse.db.settings.Problem;
import dev.gatehouse.db.settings.Setting;
import dev.gatehouse.db.settings.Settings;
import java.time.Duration;
import java.util.List;

/** When something is given time to recover instead of requests, and how it is tried again. */
public record Breaker(
        @Setting(
                label = "Active",
                help = "Ask nothing of what fails too often, for a while; then probe it.",
                fallback = "false")
        boolean active,

        @Setting(
                label = "Failure rate",
                help = "It opens when this many of a hundred calls failed.",
                fallback = "50",
                min = "1",
                max = "100",
                unit = "%")
        long failureRate,

        @Setting(
                label = "Failures",
                help =
                        "Which answers count as failures: all with 5xx, those of gateways (502-504), or none. No answer, a late one and a broken one always do.",
                fallback = "5xx")
        Failures failures,

        @Setting(
                label = "Slow call",
                help = "A call whose answer begins later is slow. 0s: none is.",
                fallback = "0s",
                min = "0s",
                max = "1h")
        Duration slowCall,

        @Setting(
                label = "Slow rate",
                help = "It opens when this many of a hundred calls were slow.",
                fallback = "100",
                min = "1",
                max = "100",
                unit = "%")
        long slowRate,

        @Setting(label = "Window", help = "Over how long calls are counted.", fallback = "10s", min = "1s", max = "10m")
        Duration window,

        @Setting(
                label = "Least calls",
                help = "Fewer calls in the window say nothing yet.",
                fallback = "20",
                min = "1",
                max = "100000",
                unit = "calls")
        long leastCalls,

        @Setting(
                label = "Open time",
                help = "For how long nothing is asked once it has opened. Doubled each time that probes fail.",
                fallback = "5s",
                min = "100ms",
                max = "1h")
        Duration open,

        @Setting(
                label = "Longest open time",
                help = "How long it is open at most before it is probed again.",
                fallback = "1m",
                min = "100ms",
                max = "1h")
        Duration longestOpen,

        @Setting(
                label = "Probes",
                help =
                        "How many calls are let through to see whether it has recovered: all good, it closes; one bad, it opens again.",
                fallback = "3",
                min = "1",
                max = "100",
                unit = "calls")
        long probes)
        implements Checked {

    /** What holds where nothing is written: none. */
    public static final Breaker NONE = Settings.read(Breaker.class, null).orThrow();

    /** Answers that count as failures. */
    public enum Failures {
        SERVER("5xx"),
        GATEWAY("502-504"),
        NONE("none");

        private final String written;

        Failures(String written) {
            this.written = written;
        }

        /** @param status of an answer that came */
        public boolean include(int status) {
            return switch (this) {
                case SERVER -> status >= 500;
                case GATEWAY -> status >= 502 && status <= 504;
                case NONE -> false;
            };
        }

        @Override
        public String toString() {
            return written;
        }
    }

    @Override
    public List<Problem> problems() {
        return longestOpen.compareTo(open) < 0
                ? List.of(new Problem("longest-open", "Must be at least the open time."))
                : List.of();
    }
}
