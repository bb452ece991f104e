package dev.gatehouse.db.policy;

import dev.gatehouse.db.settings.Format;
import dev.gatehouse.db.settings.Named;
import dev.gatehouse.db.settings.Setting;
import java.time.Duration;
import java.util.List;

/** Nobody gets through for a while. */
@Named(
        value = "maintenance",
        label = "Maintenance",
        help = "Answers 503 and says when to come back, while the service behind is being worked on.")
public record Maintenance(
        @Setting(label = "Active", help = "Switch it off to keep its settings for the next time.", fallback = "true")
        boolean active,

        @Setting(
                label = "Come back after",
                help = "When clients may try again (Retry-After).",
                fallback = "5m",
                min = "1s",
                max = "7d")
        Duration retryAfter,

        @Setting(
                label = "Message",
                help = "What callers read.",
                fallback = "This API is being worked on. Please come back later.",
                max = "500")
        String message,

        @Setting(
                label = "Let through",
                help = "Addresses, or blocks such as 10.0.0.0/8, whose requests are served all the same.",
                max = "100",
                format = Format.ADDRESS_BLOCK)
        List<String> addresses)
        implements Policy {

    public Maintenance {
        addresses = List.copyOf(addresses);
    }

    @Override
    public Stage stage() {
        return Stage.GUARD;
    }
}
