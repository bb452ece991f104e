package dev.gatehouse.db.resilience;

import dev.gatehouse.db.settings.Setting;
import dev.gatehouse.db.settings.Settings;
import java.time.Duration;

/** A bulkhead: how many requests run at once on a node, and how many more may wait for their turn. */
public record Concurrency(
        @Setting(
                label = "Requests at once",
                help = "How many run at once on each node, until their answer has been passed on. 0: no bound.",
                fallback = "0",
                min = "0",
                max = "1000000",
                unit = "requests")
        long requests,

        @Setting(
                label = "Queue",
                help = "How many more may wait for their turn; beyond it a request is refused at once. 0: none waits.",
                fallback = "0",
                min = "0",
                max = "1000000",
                unit = "requests")
        long queue,

        @Setting(
                label = "Longest wait",
                help = "How long a request may wait for its turn before it is refused.",
                fallback = "1s",
                min = "1ms",
                max = "1m")
        Duration longestWait) {

    /** What holds where nothing is written: no bound. */
    public static final Concurrency UNBOUNDED =
            Settings.read(Concurrency.class, null).orThrow();
}
