package dev.gatehouse.deploy.cli;

import dev.gatehouse.db.policy.Policy;
import dev.gatehouse.db.settings.Definition;
import dev.gatehouse.db.settings.Format;
import dev.gatehouse.db.settings.Shape;
import dev.gatehouse.db.settings.Sizes;
import dev.gatehouse.db.settings.Spans;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A row for each setting of a definition, those of nested ones with the path that messages name too. */
final class SettingsTable {

    private final Map<String, Shape.Variant> variants;
    private final List<String> rows =
            new ArrayList<>(List.of("| Name | Value | Default | Meaning |", "|---|---|---|---|"));

    /** @param variants collects the policies met on the way: each needs a table of its own */
    SettingsTable(Map<String, Shape.Variant> variants) {
        this.variants = variants;
    }

    List<String> of(Definition definition) {
        add("", definition);
        return rows;
    }

    private void add(String path, Definition definition) {
        for (var field : definition.fields()) {
            if (field.inline() && field.shape() instanceof Shape.OneOf choice) {
                inline(path, choice);
                continue;
            }
            var at = path + field.name();
            var row = List.of(
                    Markdown.code(at),
                    words(field.shape(), field.setting().unit()),
                    fallback(field),
                    Markdown.described(field.setting().label(), field.setting().help()));
            rows.add("| " + String.join(" | ", row) + " |");
            beneath(at, field.shape());
        }
    }

    /** One row for each alternative, then what stands beneath its name. */
    private void inline(String path, Shape.OneOf choice) {
        for (var variant : choice.variants()) {
            var row = List.of(
                    Markdown.code(path + variant.name()),
                    "mapping",
                    "one of " + choice.names().stream().map(Markdown::code).collect(Collectors.joining(", ")),
                    Markdown.described(variant.label(), variant.help()));
            rows.add("| " + String.join(" | ", row) + " |");
            add(path + variant.name() + ".", variant.definition());
        }
    }

    private void beneath(String at, Shape shape) {
        switch (shape) {
            case Shape.Nested nested -> add(at + ".", nested.definition());
            case Shape.Many many -> beneath(at + "[]", many.element());
            case Shape.Keyed keyed -> beneath(at + ".NAME", keyed.value());
            case Shape.OneOf oneOf
            when isPolicy(oneOf) -> oneOf.variants().forEach(variant -> variants.put(variant.name(), variant));
            case Shape.OneOf oneOf -> inline(at + ".", oneOf);
            case Shape.Text _, Shape.Whole _, Shape.Size _, Shape.Toggle _, Shape.Choice _, Shape.Span _ -> {}
        }
    }

    private static boolean isPolicy(Shape.OneOf oneOf) {
        return oneOf.variants().stream()
                .allMatch(variant ->
                        Policy.class.isAssignableFrom(variant.definition().type()));
    }

    private static String fallback(Definition.Field field) {
        if (field.required()) {
            return "must be given";
        }
        return field.setting().fallback().isEmpty()
                ? ""
                : Markdown.code(field.setting().fallback());
    }

    private static String words(Shape shape, String unit) {
        return switch (shape) {
            case Shape.Text text ->
                text.format() == Format.TEXT
                        ? "text of at most " + text.max() + " characters"
                        : Markdown.text(text.format().rule());
            case Shape.Whole whole ->
                "whole number from " + whole.min() + " to " + whole.max() + (unit.isEmpty() ? "" : " (" + unit + ")");
            case Shape.Size size ->
                "size from " + Markdown.code(Sizes.write(size.min())) + " to " + Markdown.code(Sizes.write(size.max()));
            case Shape.Toggle _ -> "`true` or `false`";
            case Shape.Choice choice ->
                choice.choices().stream().map(Markdown::code).collect(Collectors.joining(", "));
            case Shape.Span span ->
                "duration from " + Markdown.code(Spans.write(span.min())) + " to "
                        + Markdown.code(Spans.write(span.max()));
            case Shape.Many many ->
                "list of " + (many.min() == 0 ? "at most " : many.min() + " to ") + many.max() + ": "
                        + words(many.element(), unit);
            case Shape.Keyed keyed -> "mapping of names: " + words(keyed.value(), unit);
            case Shape.Nested nested ->
                nested.definition()
                        .shorthand()
                        .map(name -> "mapping, or its " + Markdown.code(name) + " alone")
                        .orElse("mapping");
            case Shape.OneOf oneOf ->
                "mapping with one of the names "
                        + oneOf.names().stream()
                                .map(name -> isPolicy(oneOf)
                                        ? "[" + Markdown.code(name) + "](#" + name + ")"
                                        : Markdown.code(name))
                                .collect(Collectors.joining(", "));
        };
    }
}
