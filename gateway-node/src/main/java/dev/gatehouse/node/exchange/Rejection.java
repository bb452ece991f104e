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
 */
public record Rejection(
        Refusal refusal,
        String reason,
        @Nullable String policy,
        Headers headers,
        @Nullable Violation violation) {

    /** One of no limit. */
    public Rejection(Refusal refusal, String reason, @Nullable String policy, Headers headers) {
        this(refusal, reason, policy, headers, null);
    }

    public static Rejection of(Refusal refusal, String reason) {
        return new Rejection(refusal, reason, null, new Headers());
    }

    public Rejection by(String policy) {
        return new Rejection(refusal, reason, policy, headers, violation);
    }

    public Rejection violating(Violation limits) {
        return new Rejection(refusal, reason, policy, headers, limits);
    }

    public Rejection with(String header, String value) {
        return new Rejection(refusal, reason, policy, headers.copy().add(header, value), violation);
    }

    public Response toResponse() {
        return Response.of(this);
    }
}
