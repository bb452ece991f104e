package dev.gatehouse.db.credential;

import dev.gatehouse.db.settings.Named;
import dev.gatehouse.db.settings.Setting;
import java.time.Duration;

/** User name and password: RFC 7617. */
@Named(value = "basic", label = "User name and password", help = "HTTP Basic, with the passwords of logins.")
public record Basic(
        @Setting(
                label = "Remembered",
                help = "How long a password that was checked is believed without checking it again.",
                fallback = "5m",
                min = "0s",
                max = "1h")
        Duration remember)
        implements Credential {}
