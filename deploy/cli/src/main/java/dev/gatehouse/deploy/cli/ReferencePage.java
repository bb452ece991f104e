package dev.gatehouse.deploy.cli;

import dev.gatehouse.db.document.Document;
import dev.gatehouse.db.environment.Variable;
import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.db.settings.Definition;
import dev.gatehouse.db.settings.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All that can be configured, as Markdown, from the definitions that forms and checks read too. */
final class ReferencePage {

    private static final String INTRODUCTION = """
            # Reference

            Written by `deploy/gatehouse reference`; do not edit.

            `gatehouse apply FILE.yaml` reads such a file, `gatehouse export` writes one:

            ```yaml
            services:
              users: { targets: [ "http://127.0.0.1:9101" ] }
            routes:
              users-api:
                match: { path: "/api/users/**", methods: [GET] }
                policies: [ { rate-limit: { requests: 60, window: 1m, per: consumer } } ]
                forward: { service: users, rewrite: "/users/**" }
            consumers:
              web-shop: { keys: [ demo ] }
            ```

            Names are 1 to 63 lower-case letters, digits and hyphens. Durations are written `250ms`, `30s`, `5m`, `1h30m`, `7d`, sizes `512B`,
            `64KiB`, `10MiB`, `1GiB`. What is not written has its default; an unknown name is refused.

            """;
    private static final String ENVIRONMENT =
            "The variables of all programs. Each may also be given as `NAME_FILE`: the path of a file that holds the value.";

    private static final String REFUSALS =
            "Every reason for which the gateway answers by itself: `code` of problem+json, in the access log, in metrics and in the console.";

    private ReferencePage() {}

    static String whole() {
        return INTRODUCTION + String.join("\n", sections().values());
    }

    /** By topic: what a file names, then policies, refusals and the environment. */
    static Map<String, String> sections() {
        var sections = new LinkedHashMap<String, String>();
        var policies = new LinkedHashMap<String, Shape.Variant>();
        for (var field : Definition.of(Document.class).fields()) {
            var table = new SettingsTable(policies);
            var name = Markdown.code(field.name() + ".NAME");
            sections.put(
                    field.name(),
                    section(field.name(), field.setting().help() + " Beneath " + name + ":", table.of(content(field))));
        }
        policies.forEach((name, policy) -> {
            var table = new SettingsTable(new LinkedHashMap<>());
            sections.put(
                    name,
                    section(
                            name,
                            Markdown.described(policy.label(), policy.help()) + " A policy; beneath its name:",
                            table.of(policy.definition())));
        });
        sections.put("refusals", section("refusals", REFUSALS, refusals()));
        sections.put("environment", section("environment", ENVIRONMENT, environment()));
        return sections;
    }

    private static String section(String title, String introduction, List<String> table) {
        return "## " + title + "\n\n" + introduction + "\n\n" + String.join("\n", table) + "\n";
    }

    private static Definition content(Definition.Field field) {
        if (field.shape() instanceof Shape.Keyed keyed && keyed.value() instanceof Shape.Nested nested) {
            return nested.definition();
        }
        throw new IllegalStateException("'" + field.name() + "' is not a mapping of names to settings");
    }

    private static List<String> refusals() {
        var rows = new ArrayList<String>();
        rows.add("| Code | Status | Title |");
        rows.add("|---|---|---|");
        for (var refusal : Refusal.values()) {
            rows.add(
                    "| `" + refusal.code() + "` | " + refusal.status() + " | " + Markdown.text(refusal.title()) + " |");
        }
        return rows;
    }

    private static List<String> environment() {
        var rows = new ArrayList<String>();
        rows.add("| Name | Default | Meaning |");
        rows.add("|---|---|---|");
        for (var variable : Variable.values()) {
            rows.add("| `" + variable + "` | "
                    + (variable.fallback().isEmpty() ? "" : "`" + variable.fallback() + "`") + " | "
                    + Markdown.text(variable.help()) + " |");
        }
        return rows;
    }
}
