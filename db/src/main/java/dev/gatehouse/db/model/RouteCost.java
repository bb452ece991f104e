package dev.gatehouse.db.model;

import dev.gatehouse.db.settings.Format;
import dev.gatehouse.db.settings.Setting;

/** What a request on one route takes of the rate limits and quotas of a plan. */
public record RouteCost(
        @Setting(label = "Route", help = "Whose requests.", format = Format.NAME)
        String route,

        @Setting(
                label = "Units",
                help = "How much one of them takes; an ordinary one takes 1.",
                min = "1",
                max = "1000000000")
        long units) {}
