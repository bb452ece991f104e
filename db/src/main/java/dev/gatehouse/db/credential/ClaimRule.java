package dev.gatehouse.db.credential;

import dev.gatehouse.db.settings.Setting;
import java.util.List;

/** A claim that has to be there, perhaps with one of several values. */
public record ClaimRule(
        @Setting(
                label = "Claim",
                help = "Its name, or the way to it: realm_access.roles is roles within realm_access.",
                max = "200")
        String name,

        @Setting(
                label = "Values",
                help = "One of them must be its value, or among its values where it is a list. Empty: any value.",
                max = "100")
        List<String> values) {

    public ClaimRule {
        values = List.copyOf(values);
    }
}
