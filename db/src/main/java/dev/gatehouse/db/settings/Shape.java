package dev.gatehouse.db.settings;

import java.time.Duration;
import java.util.List;

/** What kind of value a setting holds, with its bounds. A form draws one field for each. */
public sealed interface Shape {

    /** @param max greatest number of characters */
    record Text(Format format, int max) implements Shape {}

    record Whole(long min, long max) implements Shape {}

    /** Bytes, written with a unit. */
    record Size(long min, long max) implements Shape {}

    record Toggle() implements Shape {}

    /** @param choices enum constants; their {@code toString} is what is written */
    record Choice(List<Enum<?>> choices) implements Shape {}

    record Span(Duration min, Duration max) implements Shape {}

    /** @param min least number of elements */
    record Many(Shape element, int min, int max) implements Shape {}

    /** Names to values. */
    record Keyed(Shape value) implements Shape {}

    record Nested(Definition definition) implements Shape {}

    /** Exactly one of these, written as a mapping with one name. */
    record OneOf(List<Variant> variants) implements Shape {

        public List<String> names() {
            return variants.stream().map(Variant::name).toList();
        }
    }

    record Variant(String name, String label, String help, Definition definition) {}
}
