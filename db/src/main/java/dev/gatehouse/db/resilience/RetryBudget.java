package dev.gatehouse.db.resilience;

import dev.gatehouse.db.settings.Setting;
import dev.gatehouse.db.settings.Settings;

/** How much load retries and hedges may add to a service, so that they never make an outage worse. */
public record RetryBudget(
        @Setting(
                label = "Percent",
                help = "For a hundred requests of the last ten seconds, how many may be sent again, by each node.",
                fallback = "20",
                min = "0",
                max = "100",
                unit = "%")
        long percent,

        @Setting(
                label = "Least",
                help = "How many may be sent again in a second, however few requests there are.",
                fallback = "3",
                min = "0",
                max = "1000",
                unit = "/s")
        long perSecond) {

    /** What holds where nothing is written. */
    public static final RetryBudget DEFAULT =
            Settings.read(RetryBudget.class, null).orThrow();
}
