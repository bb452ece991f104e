package dev.gatehouse.node.exchange;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** One request and what is learned about it on its way. Used by one thread at a time. */
public final class Exchange {

    private final String id;
    private final String method;
    private final String scheme;
    private final String authority;
    private final String path;
    private final @Nullable String query;
    private final Headers headers;
    private final Body body;
    private final InetAddress client;
    private @Nullable String route;
    private @Nullable Caller caller;

    /**
     * @param id the request id: what the caller sent when well-formed, else a UUIDv7
     * @param method as sent, case kept
     * @param scheme http or https, as the client saw it
     * @param authority the Host, as sent
     * @param path the raw path, undecoded, begins with {@code /} (or is {@code *} for OPTIONS)
     * @param query the raw query without {@code ?}; null when there was none
     * @param client the peer, or what a trusted proxy said of it
     */
    public Exchange(
            String id,
            String method,
            String scheme,
            String authority,
            String path,
            @Nullable String query,
            Headers headers,
            Body body,
            InetAddress client) {
        this.id = id;
        this.method = method;
        this.scheme = scheme;
        this.authority = authority;
        this.path = path;
        this.query = query;
        this.headers = headers;
        this.body = body;
        this.client = client;
    }

    public String id() {
        return id;
    }

    public String method() {
        return method;
    }

    public String scheme() {
        return scheme;
    }

    public String authority() {
        return authority;
    }

    public String path() {
        return path;
    }

    public @Nullable String query() {
        return query;
    }

    /** Mutable: a filter changes them on the way in. */
    public Headers headers() {
        return headers;
    }

    public Body body() {
        return body;
    }

    public InetAddress client() {
        return client;
    }

    /** The name of the matched route; null before and without a match. */
    public @Nullable String route() {
        return route;
    }

    public void route(String name) {
        route = name;
    }

    /** Null until a credential has been checked, and for a public route. */
    public @Nullable Caller caller() {
        return caller;
    }

    public void caller(Caller known) {
        caller = known;
    }
}
