package dev.gatehouse.db.policy;

import dev.gatehouse.db.settings.Format;
import dev.gatehouse.db.settings.Setting;

/** A header as it is written. */
public record HeaderValue(
        @Setting(label = "Name", help = "Of the header.", max = "100", format = Format.HEADER_NAME)
        String name,

        @Setting(label = "Value", help = "What it says.", max = "4000", format = Format.HEADER_VALUE)
        String value) {}
