package dev.gatehouse.node.exchange;

import dev.gatehouse.db.model.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * A refusal as data.
 *
 * @param refusal the stable code and status
 * @param reason one plain sentence for the caller; never holds a credential or an inner address
 * @param policy the policy that decided, null when no policy did
 * @param headers fields the answer carries, such as {@code Retry-After}
 * @param violation the limits that it met; null when it was no limit
 * @param fixed whether there is one of it for all requests that it refuses: what is written for it may be kept
 */
public record Rejection(
        Refusal refusal,
        String reason,
        @Nullable String policy,
        Headers headers,
        @Nullable Violation violation,
        boolean fixed) {

    /** One of no limit. */
    public Rejection(Refusal refusal, String reason, @Nullable String policy, Headers headers) {
        this(refusal, reason, policy, headers, null, false);
    }

    public static Rejection of(Refusal refusal, String reason) {
        return new Rejection(refusal, reason, null, new Headers());
    }

    public Rejection by(String policy) {
        return new Rejection(refusal, reason, policy, headers, violation, false);
    }

    public Rejection violating(Violation limits) {
        return new Rejection(refusal, reason, policy, headers, limits, false);
    }

    public Rejection with(String header, String value) {
        return new Rejection(refusal, reason, policy, headers.copy().add(header, value), violation, false);
    }

    /** The same, to be used again and again. */
    public Rejection always() {
        return new Rejection(refusal, reason, policy, headers, violation, true);
    }

    public Response toResponse() {
        return Response.of(this);
    }
}
