package dev.gatehouse.db.policy;

import dev.gatehouse.db.settings.Problem;
import dev.gatehouse.db.settings.Setting;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;

/** A query parameter as it is written, not encoded. */
public record QueryValue(
        @Setting(label = "Name", help = "Of the parameter.", max = "200")
        String name,

        @Setting(
                label = "Value",
                help = "What it says; a value may hold {id} for a parameter of the path.",
                optional = true,
                max = "2000")
        String value) {

    /** Of a list, those that repeat a name. */
    public static List<Problem> twice(String path, List<QueryValue> values) {
        var seen = new HashSet<String>();
        return IntStream.range(0, values.size())
                .filter(i -> !seen.add(values.get(i).name))
                .mapToObj(i -> new Problem(path + "[" + i + "].name", "'" + values.get(i).name + "' is listed twice."))
                .toList();
    }
}
