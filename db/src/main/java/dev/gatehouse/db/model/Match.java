package dev.gatehouse.db.model;

import dev.gatehouse.db.settings.Format;
import dev.gatehouse.db.settings.Setting;
import java.util.Arrays;
import java.util.List;

/** Which requests a route takes. */
public record Match(
        @Setting(
                label = "Path",
                help =
                        "Exact, such as /api/users, or with everything beneath it: /api/users/**. The most specific route wins.",
                format = Format.PATH_PATTERN)
        String path,

        @Setting(label = "Methods", help = "Empty: all. GET takes HEAD as well.")
        List<Method> methods) {

    private static final String TAIL = "/**";

    public Match {
        methods = List.copyOf(methods);
    }

    /** Does the path end in {@code /**}? */
    public boolean open() {
        return isOpen(path);
    }

    /** The path without {@code /**}. */
    public String prefix() {
        return stem(path);
    }

    /** Does it take that method? */
    public boolean takes(String method) {
        return methods.isEmpty()
                || methods.stream().anyMatch(taken -> taken.name().equals(method))
                || (method.equals("HEAD") && methods.contains(Method.GET));
    }

    /** Is there a request that both would take with equal right? */
    boolean collidesWith(Match other) {
        return path.equals(other.path)
                && Arrays.stream(Method.values())
                        .map(Method::name)
                        .anyMatch(method -> takes(method) && other.takes(method));
    }

    static boolean isOpen(String pattern) {
        return pattern.endsWith(TAIL);
    }

    static String stem(String pattern) {
        return isOpen(pattern) ? pattern.substring(0, pattern.length() - TAIL.length()) : pattern;
    }
}
