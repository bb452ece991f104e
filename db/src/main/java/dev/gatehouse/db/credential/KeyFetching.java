package dev.gatehouse.db.credential;

import dev.gatehouse.db.settings.Format;
import dev.gatehouse.db.settings.Setting;
import dev.gatehouse.db.settings.Settings;
import java.time.Duration;

/** How what an issuer publishes is fetched and kept. */
public record KeyFetching(
        @Setting(
                label = "Again after",
                help = "How often the keys are fetched again, beside requests.",
                fallback = "10m",
                min = "10s",
                max = "1d")
        Duration refresh,

        @Setting(
                label = "Cool-down",
                help =
                        "A token with a key that is not known yet has them fetched at once, but not again for so long, however many come.",
                fallback = "10s",
                min = "1s",
                max = "10m")
        Duration coolDown,

        @Setting(
                label = "Kept",
                help =
                        "How long the last keys stay good while their address does not answer, over restarts of a node too. 0s: until the next fetch fails.",
                fallback = "1d",
                min = "0s",
                max = "30d")
        Duration keep,

        @Setting(
                label = "Timeout",
                help = "How long one answer may take, from the name to its last byte.",
                fallback = "3s",
                min = "100ms",
                max = "30s")
        Duration timeout,

        @Setting(
                label = "Trusted authorities",
                help = "Certificates in PEM that are trusted to vouch for its servers. Empty: those of the platform.",
                optional = true,
                max = "500000",
                format = Format.CERTIFICATES)
        String trust,

        @Setting(
                label = "Plain http",
                help =
                        "Addresses may begin with http://. Whoever is in between can then put in keys of their own and call as anybody.",
                fallback = "false")
        boolean plainHttp) {

    /** What holds where nothing is written. */
    public static final KeyFetching DEFAULT =
            Settings.read(KeyFetching.class, null).orThrow();
}
