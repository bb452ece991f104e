package dev.gatehouse.node.wire;

import java.nio.charset.StandardCharsets;

/** A target is taken apart without a loss, or not at all. */
public final class RequestTargetFuzz {

    private RequestTargetFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        var text = new String(data, StandardCharsets.ISO_8859_1);
        for (var method : new String[] {"GET", "OPTIONS"}) {
            try {
                check(text, RequestTarget.parse(method, text));
            } catch (WireException e) {
                // not one that a gateway can route
            }
        }
    }

    private static void check(String text, RequestTarget target) {
        var authority = target.authority();
        var query = target.query();
        var origin = target.path() + (query == null ? "" : "?" + query);
        boolean whole = authority == null
                ? origin.equals(text)
                : text.toLowerCase(java.util.Locale.ROOT).startsWith("http")
                        && RequestTarget.isAuthority(authority)
                        && text.contains("://" + authority)
                        && (text.endsWith(origin) || origin.startsWith("/") || origin.equals("*"));
        if (!whole || !(target.path().startsWith("/") || target.path().equals("*")) || text.indexOf('#') >= 0) {
            throw new AssertionError(text + " is taken for " + target);
        }
    }
}
