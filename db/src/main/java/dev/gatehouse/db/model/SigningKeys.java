package dev.gatehouse.db.model;

import dev.gatehouse.db.settings.Named;
import dev.gatehouse.db.settings.Setting;
import java.time.Duration;

/** The gateway publishes the keys with which it tells services who is calling. */
@Named(
        value = "signing-keys",
        label = "Publish signing keys",
        help =
                "Answers with the public halves of all signing keys (JWK Set), for services that verify the gateway's tokens.")
public record SigningKeys(
        @Setting(
                label = "Kept for",
                help = "How long an answer may be kept (Cache-Control).",
                fallback = "5m",
                min = "0s",
                max = "1d")
        Duration maxAge)
        implements Ending {}
