package dev.gatehouse.db.model;

import dev.gatehouse.db.settings.Format;
import dev.gatehouse.db.settings.Named;
import dev.gatehouse.db.settings.Setting;
import java.time.Duration;

/** The last good answer is given once more. */
@Named(
        value = "last-answer",
        label = "The last good answer",
        help =
                "The last 200 to the same GET or HEAD, of the same consumer where the route asks for a key. Not kept: what a cookie or other credentials asked for, what is marked no-store or private, or differs by more than Accept fields. Of many answers to the same, one a second is kept.")
public record LastAnswer(
        @Setting(
                label = "Greatest age",
                help = "An older answer is no longer given.",
                fallback = "1h",
                min = "1s",
                max = "30d")
        Duration maxAge,

        @Setting(
                label = "Memory",
                help =
                        "How much of a node's memory the route's answers may take; those not asked for longest go first.",
                fallback = "4MiB",
                min = "64KiB",
                max = "256MiB",
                format = Format.SIZE)
        long memory,

        @Setting(
                label = "Greatest answer",
                help = "A longer body is not kept.",
                fallback = "256KiB",
                min = "1KiB",
                max = "16MiB",
                format = Format.SIZE)
        long maxBody)
        implements Fallback {}
