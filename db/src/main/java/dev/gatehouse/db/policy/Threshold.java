package dev.gatehouse.db.policy;

import dev.gatehouse.db.settings.Setting;
import dev.gatehouse.db.settings.Shorthand;

/** A part of a quota at which somebody wants to know. */
@Shorthand("percent")
public record Threshold(
        @Setting(
                label = "Percent",
                help = "Of all that may be used in the period.",
                min = "1",
                max = "1000",
                unit = "%")
        int percent) {}
