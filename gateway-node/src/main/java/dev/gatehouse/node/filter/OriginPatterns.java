package dev.gatehouse.node.filter;

import dev.gatehouse.db.policy.Cors;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which origins are allowed: exact ones, all beneath a host, or any. */
final class OriginPatterns {

    private static final String WILDCARD = "://*.";

    /** @param end with the dot before the host, and perhaps a port */
    private record Beneath(String scheme, String end) {

        boolean has(String origin) {
            int start = scheme.length();
            return origin.startsWith(scheme)
                    && origin.endsWith(end)
                    // at least one character in the star's place, and none that ends a host
                    && origin.length() > start + end.length()
                    && plain(origin, start, origin.length() - end.length());
        }

        private static boolean plain(String origin, int from, int to) {
            for (int i = from; i < to; i++) {
                char c = origin.charAt(i);
                boolean label = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
                if (!label) {
                    return false;
                }
            }
            return origin.charAt(from) != '.';
        }
    }

    private final boolean any;
    private final Set<String> exact = new HashSet<>();
    private final List<Beneath> beneath;

    /** @param patterns as {@link Cors#origins} has them */
    OriginPatterns(List<String> patterns) {
        any = patterns.contains(Cors.ANY);
        beneath = patterns.stream()
                .filter(pattern -> pattern.contains(WILDCARD))
                .map(OriginPatterns::wildcard)
                .toList();
        patterns.stream().filter(pattern -> !pattern.contains(WILDCARD)).forEach(exact::add);
    }

    private static Beneath wildcard(String pattern) {
        int star = pattern.indexOf(WILDCARD) + WILDCARD.length() - 2;
        return new Beneath(pattern.substring(0, star), pattern.substring(star + 1));
    }

    boolean any() {
        return any;
    }

    boolean allow(String origin) {
        return any || exact.contains(origin) || beneath.stream().anyMatch(pattern -> pattern.has(origin));
    }
}
