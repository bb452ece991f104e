package dev.gatehouse.node.wire;

import org.jspecify.annotations.Nullable;

/**
 * A request target taken apart, nothing decoded: RFC 9112, 3.2.
 *
 * @param path begins with a slash, or is {@code *}
 * @param query without the question mark; null when there is none
 * @param scheme of an absolute target, else null
 * @param authority of an absolute target, which then counts instead of Host; else null
 */
public record RequestTarget(
        String path,
        @Nullable String query,
        @Nullable String scheme,
        @Nullable String authority) {

    /** @throws WireException when the target is not one that a gateway can route */
    public static RequestTarget parse(String method, String target) throws WireException {
        if (target.indexOf('#') >= 0) {
            throw new WireException("a request target has no fragment");
        }
        if (target.startsWith("/")) {
            return split(target, null, null);
        }
        if (target.equals("*")) {
            if (!method.equals("OPTIONS")) {
                throw new WireException("the target * is for OPTIONS");
            }
            return new RequestTarget("*", null, null, null);
        }
        int end = target.indexOf("://");
        var scheme = end < 0 ? "" : target.substring(0, end);
        if (!scheme.equalsIgnoreCase("http") && !scheme.equalsIgnoreCase("https")) {
            throw new WireException("a request target begins with a slash");
        }
        int start = end + 3;
        int rest = start;
        while (rest < target.length() && target.charAt(rest) != '/' && target.charAt(rest) != '?') {
            rest++;
        }
        var authority = target.substring(start, rest);
        if (!isAuthority(authority)) {
            throw new WireException("the target's authority is not host and port");
        }
        if (rest == target.length() && method.equals("OPTIONS")) {
            return new RequestTarget("*", null, scheme, authority);
        }
        return split(target.substring(rest), scheme, authority);
    }

    /**
     * Whether that is host and optional port, the port at most 65535. The host is a reg-name or IPv4 without encodings,
     * or an IP literal; user information is not part of it (RFC 9110, 4.2.4).
     */
    public static boolean isAuthority(String text) {
        int end = text.startsWith("[") ? literalEnd(text) : nameEnd(text);
        return end > 0 && (end == text.length() || isPort(text, end));
    }

    private static int nameEnd(String text) {
        int at = 0;
        while (at < text.length() && Octets.host(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static int literalEnd(String text) {
        int at = 1;
        while (at < text.length() && isLiteral(text.charAt(at))) {
            at++;
        }
        return at > 1 && at < text.length() && text.charAt(at) == ']' ? at + 1 : 0;
    }

    private static boolean isLiteral(char c) {
        return Octets.hex(c) >= 0 || c == ':' || c == '.';
    }

    /** A colon and at most five digits, which may be none: RFC 3986, 3.2.3. */
    private static boolean isPort(String text, int from) {
        if (text.charAt(from) != ':' || text.length() > from + 6) {
            return false;
        }
        int port = 0;
        for (int at = from + 1; at < text.length(); at++) {
            int digit = text.charAt(at) - '0';
            if (digit < 0 || digit > 9) {
                return false;
            }
            port = port * 10 + digit;
        }
        return port <= 65535;
    }

    private static RequestTarget split(String text, @Nullable String scheme, @Nullable String authority) {
        int mark = text.indexOf('?');
        var path = mark < 0 ? text : text.substring(0, mark);
        return new RequestTarget(
                path.isEmpty() ? "/" : path, mark < 0 ? null : text.substring(mark + 1), scheme, authority);
    }
}
