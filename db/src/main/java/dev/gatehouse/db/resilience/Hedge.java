package dev.gatehouse.db.resilience;

import dev.gatehouse.db.settings.Setting;
import dev.gatehouse.db.settings.Settings;
import java.time.Duration;

/** A second request beside one that takes long; the first answer wins. */
public record Hedge(
        @Setting(
                label = "Further requests",
                help =
                        "How many more targets are asked while the first is silent; the first answer wins, the others are given up. Only what could be sent again, and within the service's retry budget. 0: none.",
                fallback = "0",
                min = "0",
                max = "3")
        long requests,

        @Setting(
                label = "After",
                help =
                        "How long a target may be silent before the next is asked as well; best what 95 of 100 answers need at most.",
                fallback = "500ms",
                min = "1ms",
                max = "1m")
        Duration delay) {

    /** What holds where nothing is written: none. */
    public static final Hedge NONE = Settings.read(Hedge.class, null).orThrow();
}
