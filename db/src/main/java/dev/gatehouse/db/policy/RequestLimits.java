package dev.gatehouse.db.policy;

import dev.gatehouse.db.settings.Format;
import dev.gatehouse.db.settings.Named;
import dev.gatehouse.db.settings.Setting;
import java.util.List;

/** Bounds of what a request may be, narrower than those of the listener. */
@Named(
        value = "request-limits",
        label = "Request limits",
        help = "Bounds query and headers, and which bodies are taken. How long a body may be, the route itself says.")
public record RequestLimits(
        @Setting(
                label = "Media types",
                help =
                        "Which bodies are taken, such as application/json, or image/* for all of a kind. Empty: all. A request without a body passes.",
                max = "50",
                format = Format.MEDIA_RANGE)
        List<String> mediaTypes,

        @Setting(
                label = "Longest query",
                help = "How long the query may be.",
                fallback = "8KiB",
                min = "0B",
                max = "8KiB",
                format = Format.SIZE)
        long maxQuery,

        @Setting(
                label = "Most parameters",
                help = "How many parameters the query may hold.",
                fallback = "1000",
                min = "0",
                max = "1000")
        long maxParameters,

        @Setting(
                label = "Most headers",
                help = "How many header fields there may be.",
                fallback = "100",
                min = "1",
                max = "100")
        long maxHeaders,

        @Setting(
                label = "Longest header",
                help = "How long the value of one may be.",
                fallback = "32KiB",
                min = "1B",
                max = "32KiB",
                format = Format.SIZE)
        long maxHeader)
        implements Policy {

    public RequestLimits {
        mediaTypes = List.copyOf(mediaTypes);
    }

    @Override
    public Stage stage() {
        return Stage.GUARD;
    }
}
