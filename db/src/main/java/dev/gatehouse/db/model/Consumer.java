package dev.gatehouse.db.model;

import dev.gatehouse.db.resilience.Priority;
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
        String owner,

        @Setting(
                label = "Plans",
                help = "What it subscribes to: the limits of all of them hold.",
                max = "20",
                format = Format.NAME)
        List<String> plans,

        @Setting(label = "Overrides", help = "Other numbers for single limits, for a time or for good.", max = "50")
        List<LimitOverride> overrides,

        @Setting(
                label = "Priority",
                help =
                        "Whose requests an overloaded node refuses last (critical) and first (low), among routes with the same priority. Nothing is spent to find out who is calling: a key or a client certificate is looked up, a token or a password counts once it was verified lately; who signs requests, or is known to another service only, counts as normal. Where memory is short, routes alone decide.",
                fallback = "normal")
        Priority priority,

        @Setting(label = "Bonuses", help = "More of single quotas, for a time.", max = "50")
        List<QuotaGrant> bonuses,

        @Setting(
                label = "Since",
                help =
                        "The day since when it is a consumer, such as 2026-01-31: the anniversary of quotas that go by it.",
                optional = true,
                format = Format.DATE)
        String since)
        implements Entity, Checked {

    public Consumer {
        groups = List.copyOf(groups);
        tags = List.copyOf(tags);
        plans = List.copyOf(plans);
        overrides = List.copyOf(overrides);
        bonuses = List.copyOf(bonuses);
    }

    /** One of whom no more is said. */
    public Consumer(String description) {
        this(description, List.of(), List.of(), "", List.of(), List.of(), Priority.NORMAL, List.of(), "");
    }

    /** The same in other groups. */
    public Consumer withGroups(String... others) {
        return new Consumer(description, List.of(others), tags, owner, plans, overrides, priority, bonuses, since);
    }

    /** The same with other plans. */
    public Consumer withPlans(String... others) {
        return new Consumer(description, groups, tags, owner, List.of(others), overrides, priority, bonuses, since);
    }

    /** The same with another priority. */
    public Consumer with(Priority other) {
        return new Consumer(description, groups, tags, owner, plans, overrides, other, bonuses, since);
    }

    /** The same with other overrides. */
    public Consumer with(List<LimitOverride> others) {
        return new Consumer(description, groups, tags, owner, plans, others, priority, bonuses, since);
    }

    /** The same with other bonuses. */
    public Consumer withBonuses(List<QuotaGrant> others) {
        return new Consumer(description, groups, tags, owner, plans, overrides, priority, others, since);
    }

    @Override
    public List<Problem> problems() {
        var problems = new ArrayList<>(twice("groups", groups));
        problems.addAll(twice("tags", tags));
        problems.addAll(twice("plans", plans));
        for (int i = 0; i < overrides.size(); i++) {
            var override = overrides.get(i);
            if (overrides.subList(0, i).stream().anyMatch(override::rivals)) {
                problems.add(new Problem(
                        "overrides[" + i + "]",
                        "There is another one for '" + override.limit() + "' that ends at the same time."));
            }
        }
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
