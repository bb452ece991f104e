package dev.gatehouse.node.exchange;

import org.jspecify.annotations.Nullable;

/** Status, headers and body; owned by one exchange, streamed, read once. */
public final class Response implements AutoCloseable {

    private final int status;
    /** Null for a refusal while nobody has asked for them. */
    private @Nullable Headers headers;

    private final Body body;
    private final @Nullable Rejection rejection;
    private final @Nullable Tunnel tunnel;
    private @Nullable Runnable onClose;

    /** @param status 200 to 599; an interim answer is not a response */
    public Response(int status, Headers headers, Body body) {
        this(status, headers, body, null, null);
    }

    private Response(
            int status, @Nullable Headers headers, Body body, @Nullable Rejection rejection, @Nullable Tunnel tunnel) {
        this.status = status;
        this.headers = headers;
        this.body = body;
        this.rejection = rejection;
        this.tunnel = tunnel;
    }

    /** A refusal on its way back through the filters; the listener writes its body. */
    public static Response of(Rejection rejection) {
        return of(rejection, rejection.refusal().status());
    }

    /** The same under another status than the refusal's own. */
    public static Response of(Rejection rejection, int status) {
        return new Response(status, null, Body.empty(), rejection, null);
    }

    /** 101: the connection goes on in the protocol that {@link Downstream#upgrade()} names. */
    public static Response switching(Headers headers, Tunnel tunnel) {
        return new Response(101, headers, Body.empty(), null, tunnel);
    }

    /** The same with another body, which closes the one it had. */
    public Response with(Body other) {
        var changed = new Response(status, headers(), other, rejection, tunnel);
        changed.onClose = onClose;
        return changed;
    }

    /** Done once when the answer is over, sent or not, after what was said before, whatever becomes of that. */
    public Response whenClosed(Runnable action) {
        var before = onClose;
        onClose = before == null
                ? action
                : () -> {
                    try {
                        before.run();
                    } finally {
                        action.run();
                    }
                };
        return this;
    }

    public int status() {
        return status;
    }

    /** Mutable: a filter changes them on the way back. */
    public Headers headers() {
        var known = headers;
        if (known == null) {
            known = rejection == null ? new Headers() : rejection.headers().copy();
            headers = known;
        }
        return known;
    }

    /** Whether it says just what its rejection says: no filter has touched it on the way back. */
    public boolean untouched() {
        return headers == null && rejection != null && rejection.refusal().status() == status;
    }

    public Body body() {
        return body;
    }

    /** Why this gateway refused; null when a backend answered. */
    public @Nullable Rejection rejection() {
        return rejection;
    }

    /** Where the connection leads after a 101; null for every other status. */
    public @Nullable Tunnel tunnel() {
        return tunnel;
    }

    @Override
    public void close() {
        var action = onClose;
        onClose = null;
        try {
            body.close();
            if (tunnel != null) {
                tunnel.close();
            }
        } finally {
            if (action != null) {
                action.run();
            }
        }
    }
}
