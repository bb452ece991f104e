package dev.gatehouse.db.policy;

import dev.gatehouse.db.settings.Format;
import dev.gatehouse.db.settings.Setting;

/** What a limit tells callers beside {@code RateLimit} and {@code RateLimit-Policy}. */
public record Told(
        @Setting(
                label = "Legacy fields",
                help = "Also X-RateLimit-Limit, X-RateLimit-Remaining and X-RateLimit-Reset (in seconds).",
                fallback = "false")
        boolean legacyFields,

        @Setting(
                label = "Documentation",
                help = "Where callers can read about the limit; a refusal says it.",
                optional = true,
                format = Format.LINK)
        String documentation) {

    public static final Told DEFAULT = new Told(false, "");
}
