package dev.gatehouse.db.routing;

import java.net.InetAddress;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** All that a route may ask of a request. The answers stay the same as long as one request is matched. */
public interface RequestFacts {

    /** As sent, perhaps with a port; empty when none was. */
    String host();

    /** As sent, case kept. */
    String method();

    /** In its one canonical spelling, beginning with a slash; or {@code *}, the server as a whole. */
    String path();

    /** The raw query without the question mark; null when there was none. */
    @Nullable
    String query();

    /**
     * A header field's value, those of several lines joined with a comma and a blank (RFC 9110, 5.3), of Cookie with a
     * semicolon and a blank (RFC 9113, 8.2.3).
     *
     * @param name in any case
     * @return null when there is none
     */
    @Nullable
    String header(String name);

    /** Of the client, as a trusted proxy or the connection tells it. */
    InetAddress address();

    Instant time();

    /** A number in [0, 1) drawn for this request: shares are measured by it. */
    double draw();

    /** Whose API key was sent, whether or not the route asks for one; null without a valid key. */
    default @Nullable String consumer() {
        return null;
    }

    /** The subject of the verified TLS certificate that the client showed (RFC 2253); null when it showed none. */
    default @Nullable String subject() {
        return null;
    }

    /**
     * Does it ask for that version? One that asks for a version the API refuses (unknown, retired) is held to ask for each,
     * so that the API's own routes take it and say so.
     */
    default boolean asksFor(String api, String version) {
        return false;
    }

    /** The name of the client type that it comes from; null when it is none of those configured. */
    default @Nullable String clientType() {
        return null;
    }

    /** The first parameter of that name, decoded; null when there is none. */
    default @Nullable String parameter(String name) {
        var query = query();
        return query == null ? null : QueryText.first(query, name);
    }

    /** The first cookie of that name; null when there is none. */
    default @Nullable String cookie(String name) {
        var cookies = header("Cookie");
        return cookies == null ? null : CookieText.first(cookies, name);
    }
}
