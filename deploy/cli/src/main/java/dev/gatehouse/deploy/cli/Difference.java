package dev.gatehouse.deploy.cli;

import dev.gatehouse.db.settings.Brief;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * One setting that differs.
 *
 * @param path {@code policies[0].rate-limit.requests}
 * @param before null where it had its default
 * @param after null where it has its default
 */
record Difference(
        String path, @Nullable Object before, @Nullable Object after) {

    /** Settings as written. */
    static List<Difference> between(Map<String, Object> before, Map<String, Object> after) {
        var found = new ArrayList<Difference>();
        compare("", before, after, found);
        return found;
    }

    private static void compare(String path, @Nullable Object before, @Nullable Object after, List<Difference> found) {
        if (before instanceof Map<?, ?> old && after instanceof Map<?, ?> now) {
            var names = new LinkedHashSet<Object>(old.keySet());
            names.addAll(now.keySet());
            names.forEach(name -> compare(
                    path.isEmpty() ? String.valueOf(name) : path + "." + name, old.get(name), now.get(name), found));
        } else if (before instanceof List<?> old && after instanceof List<?> now && old.size() == now.size()) {
            for (int i = 0; i < old.size(); i++) {
                compare(path + "[" + i + "]", old.get(i), now.get(i), found);
            }
        } else if (!Objects.equals(before, after)) {
            found.add(new Difference(path, before, after));
        }
    }

    @Override
    public String toString() {
        return path + ": " + text(before) + " -> " + text(after);
    }

    private static String text(@Nullable Object value) {
        return switch (value) {
            case null -> "(default)";
            case String text -> Brief.of(text);
            default -> JsonMapper.shared().writeValueAsString(value);
        };
    }
}
