package dev.gatehouse.db.routing;

import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;

/** Sets of request methods as bits: one for each that a route can name, and one for all others. */
final class Methods {

    private static final List<String> NAMES = List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
    static final int ALL = (1 << (NAMES.size() + 1)) - 1;
    private static final int OTHER = 1 << NAMES.size();

    private Methods() {}

    /** What a route takes that names those: all when it names none; HEAD where it takes GET. */
    static int taken(Collection<String> names) {
        if (names.isEmpty()) {
            return ALL;
        }
        int taken = 0;
        for (var name : names) {
            taken |= bit(name);
        }
        return (taken & bit("GET")) == 0 ? taken : taken | bit("HEAD");
    }

    /** @param method case counts (RFC 9110, 9.1) */
    static int bit(String method) {
        return switch (method) {
            case "GET" -> 1;
            case "HEAD" -> 1 << 1;
            case "POST" -> 1 << 2;
            case "PUT" -> 1 << 3;
            case "PATCH" -> 1 << 4;
            case "DELETE" -> 1 << 5;
            case "OPTIONS" -> 1 << 6;
            default -> OTHER;
        };
    }

    /** Those with a name, in the order of {@code Allow}. */
    static List<String> names(int methods) {
        return IntStream.range(0, NAMES.size())
                .filter(i -> (methods & (1 << i)) != 0)
                .mapToObj(NAMES::get)
                .toList();
    }
}
