package dev.gatehouse.db.policy;

import dev.gatehouse.db.settings.Checked;
import dev.gatehouse.db.settings.Named;
import dev.gatehouse.db.settings.Problem;
import dev.gatehouse.db.settings.Setting;
import java.time.Duration;
import java.util.List;

/** Makes requests slow or fail, so that clients can be tried against it. */
@Named(
        value = "fault",
        label = "Fault",
        help = "Makes requests slow or fail on purpose, so that clients can be tried against it.")
public record Fault(
        @Setting(
                label = "Delay",
                help = "How long a delayed request waits before it goes on, or fails.",
                fallback = "0s",
                min = "0s",
                max = "5m")
        Duration delay,

        @Setting(
                label = "Delayed",
                help = "How many requests in a hundred are delayed.",
                fallback = "100",
                min = "0",
                max = "100",
                unit = "%")
        long delayPercent,

        @Setting(
                label = "Status",
                help = "What an aborted request is answered with.",
                fallback = "503",
                min = "400",
                max = "599")
        long abortStatus,

        @Setting(
                label = "Aborted",
                help = "How many requests in a hundred are aborted.",
                fallback = "0",
                min = "0",
                max = "100",
                unit = "%")
        long abortPercent)
        implements Policy, Checked {

    @Override
    public Stage stage() {
        return Stage.GUARD;
    }

    @Override
    public List<Problem> problems() {
        boolean nothing = abortPercent == 0 && (delay.isZero() || delayPercent == 0);
        return nothing ? List.of(new Problem("", "Must delay or abort some requests.")) : List.of();
    }
}
