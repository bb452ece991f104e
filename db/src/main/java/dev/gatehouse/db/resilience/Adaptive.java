package dev.gatehouse.db.resilience;

import dev.gatehouse.db.settings.Checked;
import dev.gatehouse.db.settings.Problem;
import dev.gatehouse.db.settings.Setting;
import dev.gatehouse.db.settings.Settings;
import java.util.List;

/** A bound on the requests of a service that follows from how fast it answers. */
public record Adaptive(
        @Setting(
                label = "Active",
                help = "Let fewer requests run at once as answers become slower, and more as they become faster again.",
                fallback = "false")
        boolean active,

        @Setting(
                label = "Tolerated latency",
                help = "How slow answers may become, in percent of how fast they are without load.",
                fallback = "150",
                min = "101",
                max = "1000",
                unit = "%")
        long tolerance,

        @Setting(
                label = "Least",
                help = "How many requests may always run at once on each node.",
                fallback = "5",
                min = "1",
                max = "100000")
        long least,

        @Setting(
                label = "Most",
                help = "How many requests run at once on each node, however fast the service is.",
                fallback = "1000",
                min = "1",
                max = "100000")
        long most)
        implements Checked {

    /** What holds where nothing is written: none. */
    public static final Adaptive NONE = Settings.read(Adaptive.class, null).orThrow();

    @Override
    public List<Problem> problems() {
        return most < least ? List.of(new Problem("most", "Must be at least the least.")) : List.of();
    }
}
