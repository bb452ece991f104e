package dev.gatehouse.db.model;

import dev.gatehouse.db.settings.Format;
import dev.gatehouse.db.settings.Setting;
import dev.gatehouse.db.settings.Settings;

/** How a service's https targets are recognised, and what the gateway shows them of itself. */
public record ServiceTls(
        @Setting(
                label = "Trusted authorities",
                help = "Certificates in PEM that are trusted to vouch for a target. Empty: those of the platform.",
                optional = true,
                max = "500000",
                format = Format.CERTIFICATES)
        String trust,

        @Setting(
                label = "Client certificate",
                help = "Which of the configured certificates is presented to targets. Empty: none.",
                optional = true,
                format = Format.NAME)
        String certificate,

        @Setting(
                label = "Server name",
                help =
                        "The name that is asked for (SNI) and checked in the target's certificate. Empty: the target's host.",
                optional = true,
                format = Format.HOST)
        String serverName,

        @Setting(
                label = "Verify",
                help =
                        "Refuse a target whose certificate is not trusted or names another host. Without it anybody in between can read along.",
                fallback = "true")
        boolean verify) {

    /** What holds where nothing is written. */
    public static final ServiceTls DEFAULT =
            Settings.read(ServiceTls.class, null).orThrow();
}
