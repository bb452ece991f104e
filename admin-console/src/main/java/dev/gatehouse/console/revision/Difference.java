package dev.gatehouse.console.revision;

import dev.gatehouse.db.settings.Brief;
import dev.gatehouse.db.store.Change;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * One setting that a change gave another value.
 *
 * @param path as written: {@code match.path}, {@code policies[0].rate-limit.requests}
 * @param before empty when it was not written, so the default held; likewise after
 */
record Difference(String path, Optional<String> before, Optional<String> after) {

    /** Only what differs, sorted by path. */
    static List<Difference> of(Change change) {
        var before = change.before().map(Difference::flat).orElse(Map.of());
        var after = change.after().map(Difference::flat).orElse(Map.of());
        var paths = new TreeSet<>(before.keySet());
        paths.addAll(after.keySet());
        var differences = new ArrayList<Difference>();
        for (var path : paths) {
            var difference =
                    new Difference(path, Optional.ofNullable(before.get(path)), Optional.ofNullable(after.get(path)));
            if (!difference.before.equals(difference.after)) {
                differences.add(difference);
            }
        }
        return differences;
    }

    private static Map<String, String> flat(Map<String, Object> settings) {
        var flat = new LinkedHashMap<String, String>();
        settings.forEach((name, value) -> flatten(name, value, flat));
        return flat;
    }

    private static void flatten(String path, Object value, Map<String, String> flat) {
        switch (value) {
            case Map<?, ?> map
            when !map.isEmpty() -> map.forEach((name, inner) -> flatten(path + "." + name, inner, flat));
            case List<?> list
            when list.stream().anyMatch(element -> element instanceof Map || element instanceof List) -> {
                for (int i = 0; i < list.size(); i++) {
                    flatten(path + "[" + i + "]", list.get(i), flat);
                }
            }
            case List<?> list ->
                flat.put(path, list.stream().map(String::valueOf).collect(Collectors.joining(", ")));
            default -> flat.put(path, Brief.of(value.toString()));
        }
    }
}
