package dev.gatehouse.db.model;

import dev.gatehouse.db.settings.Setting;

/** Somebody who calls the APIs with keys of their own. */
public record Consumer(
        @Setting(label = "Description", help = "Who this is and how to reach them.", optional = true, max = "500")
        String description)
        implements Entity {}
