package dev.gatehouse.db.model;

import dev.gatehouse.db.settings.Setting;
import dev.gatehouse.db.settings.Settings;
import java.time.Duration;

/** Whether a route's connections may become WebSockets, and how long those may be silent. */
public record WebSockets(
        @Setting(label = "Allow", help = "Requests may become WebSocket connections (RFC 6455).", fallback = "true")
        boolean allow,

        @Setting(
                label = "Idle timeout",
                help = "How long a WebSocket connection may carry nothing in either direction before it is closed.",
                fallback = "5m",
                min = "1s",
                max = "1d")
        Duration idle) {

    /** What holds where nothing is written. */
    public static final WebSockets DEFAULT =
            Settings.read(WebSockets.class, null).orThrow();
}
