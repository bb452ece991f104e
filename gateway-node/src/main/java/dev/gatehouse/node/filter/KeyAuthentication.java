package dev.gatehouse.node.filter;

import dev.gatehouse.db.key.KeyText;
import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Filter;
import dev.gatehouse.node.exchange.Handler;
import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.exchange.Rejection;
import dev.gatehouse.node.exchange.Response;
import dev.gatehouse.node.identity.Keys;
import java.util.Optional;

/**
 * Asks for an API key, in {@code X-API-Key} or as {@code Authorization: Bearer}. The key never reaches the service.
 * An unknown, a revoked and an expired key are answered alike.
 */
final class KeyAuthentication implements Filter {

    private static final String KEY = "X-API-Key";
    private static final String AUTHORIZATION = "Authorization";
    private static final String BEARER = "Bearer ";
    private static final String CHALLENGE = "Bearer realm=\"gatehouse\"";

    private final Keys keys;

    KeyAuthentication(Keys keys) {
        this.keys = keys;
    }

    @Override
    public Response filter(Exchange exchange, Handler next) {
        var sent = credential(exchange.headers());
        if (sent.isEmpty()) {
            return Rejection.of(
                            Refusal.KEY_MISSING,
                            "Send an API key in the X-API-Key header, or as Authorization: Bearer.")
                    .with("WWW-Authenticate", CHALLENGE)
                    .toResponse();
        }
        var caller = KeyText.read(sent.get()).flatMap(keys::find);
        if (caller.isEmpty()) {
            return Rejection.of(Refusal.KEY_REFUSED, "The API key is not known here, or no longer valid.")
                    .with("WWW-Authenticate", CHALLENGE + ", error=\"invalid_token\"")
                    .toResponse();
        }
        exchange.caller(caller.get());
        exchange.headers().remove(KEY).removeIf(KeyAuthentication::isOurs);
        return next.handle(exchange);
    }

    /** The key in Authorization, not credentials of another scheme that are meant for the service. */
    private static boolean isOurs(Headers.Field field) {
        return field.name().equalsIgnoreCase(AUTHORIZATION) && bearer(field.value());
    }

    private static boolean bearer(String authorization) {
        return authorization.regionMatches(true, 0, BEARER, 0, BEARER.length());
    }

    /** {@code X-API-Key} decides where both are sent. */
    private static Optional<String> credential(Headers headers) {
        return headers.first(KEY)
                .or(() -> headers.first(AUTHORIZATION)
                        .filter(KeyAuthentication::bearer)
                        .map(value -> value.substring(BEARER.length())))
                .map(String::strip)
                .filter(value -> !value.isEmpty());
    }
}
