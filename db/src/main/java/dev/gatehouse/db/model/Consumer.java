package dev.gatehouse.db.model;

import dev.gatehouse.db.settings.Checked;
import dev.gatehouse.db.settings.Format;
import dev.gatehouse.db.settings.Problem;
import dev.gatehouse.db.settings.Setting;
import java.util.ArrayList;
import java.util.List;

/** Somebody who calls the APIs with keys of their own. */
public record Consumer(
        @Setting(label = "Description", help = "Who this is.", optional = true, max = "500")
        String description,

        @Setting(
                label = "Groups",
                help = "What it belongs to; a route may be open to some groups only.",
                max = "50",
                format = Format.NAME)
        List<String> groups,

        @Setting(label = "Tags", help = "Words to find it by; they decide nothing.", max = "50", format = Format.NAME)
        List<String> tags,

        @Setting(
                label = "Owner",
                help = "Whom to ask or warn, such as a name and an e-mail address.",
                optional = true,
                max = "200")
        String owner)
        implements Entity, Checked {

    public Consumer {
        groups = List.copyOf(groups);
        tags = List.copyOf(tags);
    }

    /** One of no group. */
    public Consumer(String description) {
        this(description, List.of(), List.of(), "");
    }

    @Override
    public List<Problem> problems() {
        var problems = new ArrayList<>(twice("groups", groups));
        problems.addAll(twice("tags", tags));
        return problems;
    }

    private static List<Problem> twice(String at, List<String> names) {
        var problems = new ArrayList<Problem>();
        for (int i = 0; i < names.size(); i++) {
            if (names.indexOf(names.get(i)) < i) {
                problems.add(new Problem(at + "[" + i + "]", "'" + names.get(i) + "' is listed twice."));
            }
        }
        return problems;
    }
}
