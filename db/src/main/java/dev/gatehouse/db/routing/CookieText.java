package dev.gatehouse.db.routing;

import org.jspecify.annotations.Nullable;

/** Cookies in a Cookie field (RFC 6265, 4.2). */
public final class CookieText {

    private CookieText() {}

    /** The value of the first cookie of that name, without quotes around it; null when there is none. */
    public static @Nullable String first(String cookies, String name) {
        for (int from = 0; from < cookies.length(); ) {
            int end = cookies.indexOf(';', from);
            end = end < 0 ? cookies.length() : end;
            while (from < end && cookies.charAt(from) == ' ') {
                from++;
            }
            int value = from + name.length() + 1;
            if (value <= end && cookies.startsWith(name, from) && cookies.charAt(value - 1) == '=') {
                return unquoted(cookies.substring(value, end).strip());
            }
            from = end + 1;
        }
        return null;
    }

    private static String unquoted(String value) {
        return value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"")
                ? value.substring(1, value.length() - 1)
                : value;
    }
}
