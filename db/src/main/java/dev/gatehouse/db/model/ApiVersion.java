package dev.gatehouse.db.model;

import dev.gatehouse.db.settings.Format;
import dev.gatehouse.db.settings.Moments;
import dev.gatehouse.db.settings.Setting;
import dev.gatehouse.db.settings.Shorthand;
import java.time.Instant;
import java.util.Optional;

/** One version of an {@link Api} and what becomes of it. */
@Shorthand("name")
public record ApiVersion(
        @Setting(label = "Name", help = "As requests write it, such as v2.", format = Format.VERSION_NAME)
        String name,

        @Setting(
                label = "Deprecated since",
                help =
                        "From when on nobody should begin to use it, such as 2026-07-01; may lie ahead. Its answers say so in Deprecation (RFC 9745).",
                optional = true,
                format = Format.MOMENT)
        String deprecated,

        @Setting(
                label = "Sunset",
                help =
                        "When it is to end, such as 2026-12-31; not before it is deprecated. Its answers say so in Sunset (RFC 8594).",
                optional = true,
                format = Format.MOMENT)
        String sunset,

        @Setting(
                label = "Documentation",
                help = "A page on its end and on how to move on. Answers link to it.",
                optional = true,
                format = Format.LINK)
        String documentation,

        @Setting(
                label = "Successor",
                help =
                        "The version to move on to. Where the address names the version, answers link to the same thing in that one.",
                optional = true,
                format = Format.VERSION_NAME)
        String successor,

        @Setting(
                label = "Retired",
                help = "Its requests are answered with 410, and the link to the documentation.",
                fallback = "false")
        boolean retired) {

    /** A version with a future. */
    public static ApiVersion current(String name) {
        return new ApiVersion(name, "", "", "", "", false);
    }

    /** Empty while nothing is said of its end. */
    public Optional<Instant> deprecatedSince() {
        return Moments.read(deprecated);
    }

    public Optional<Instant> sunsetAt() {
        return Moments.read(sunset);
    }
}
