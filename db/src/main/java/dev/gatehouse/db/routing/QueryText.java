package dev.gatehouse.db.routing;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Parameters in a raw query, as HTML forms write them. */
public final class QueryText {

    private QueryText() {}

    /** The value of the first parameter of that name, decoded; empty where there is no equals sign; null without one. */
    public static @Nullable String first(String query, String name) {
        for (int from = 0; from <= query.length(); ) {
            int end = query.indexOf('&', from);
            if (end < 0) {
                end = query.length();
            }
            int equals = query.indexOf('=', from);
            int nameEnd = equals < 0 || equals > end ? end : equals;
            if (is(query, from, nameEnd, name)) {
                return nameEnd == end ? "" : decoded(query, nameEnd + 1, end);
            }
            from = end + 1;
        }
        return null;
    }

    private static boolean is(String query, int from, int to, String name) {
        return plain(query, from, to)
                ? to - from == name.length() && query.startsWith(name, from)
                : decoded(query, from, to).equals(name);
    }

    private static boolean plain(String query, int from, int to) {
        for (int i = from; i < to; i++) {
            if (query.charAt(i) == '%' || query.charAt(i) == '+') {
                return false;
            }
        }
        return true;
    }

    /** What is not well encoded stays as it is. */
    private static String decoded(String query, int from, int to) {
        if (plain(query, from, to)) {
            return query.substring(from, to);
        }
        var octets = new byte[to - from];
        int count = 0;
        for (int i = from; i < to; i++) {
            char c = query.charAt(i);
            int high = c == '%' && i + 2 < to ? Character.digit(query.charAt(i + 1), 16) : -1;
            int low = high < 0 ? -1 : Character.digit(query.charAt(i + 2), 16);
            if (low >= 0) {
                octets[count++] = (byte) ((high << 4) | low);
                i += 2;
            } else {
                octets[count++] = (byte) (c == '+' ? ' ' : c);
            }
        }
        return new String(octets, 0, count, StandardCharsets.UTF_8);
    }
}
