package dev.gatehouse.node.exchange;

import org.jspecify.annotations.Nullable;

/**
 * What is asked for, where.
 *
 * @param method as sent, case kept
 * @param authority the Host, as sent
 * @param path the canonical path, begins with {@code /} (or is {@code *} for OPTIONS)
 * @param query the raw query without {@code ?}; null when there was none
 * @param version of HTTP in which it came: 1.0, 1.1 or 2
 */
public record RequestLine(
        String method,
        String authority,
        String path,
        @Nullable String query,
        String version) {

    /** Came in HTTP/1.1. */
    public RequestLine(String method, String authority, String path, @Nullable String query) {
        this(method, authority, path, query, "1.1");
    }
}
