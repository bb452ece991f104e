package dev.gatehouse.db.model;

import dev.gatehouse.db.settings.Format;
import dev.gatehouse.db.settings.Named;
import dev.gatehouse.db.settings.Setting;

/** Another service is asked. */
@Named(
        value = "service",
        label = "Another service",
        help = "Asked for the same, where the request can be sent again or nothing of it was sent.")
public record OtherService(
        @Setting(label = "Service", help = "Which service answers instead.", format = Format.NAME)
        String service) implements Fallback {}
