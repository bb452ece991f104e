package dev.gatehouse.node.filter;

import dev.gatehouse.db.key.KeyText;
import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.node.exchange.Caller;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Filter;
import dev.gatehouse.node.exchange.Handler;
import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.exchange.Rejection;
import dev.gatehouse.node.exchange.Response;
import dev.gatehouse.node.identity.Keys;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Asks for an API key, in {@code X-API-Key} or as {@code Authorization: Bearer}. The key never reaches the service.
 * An unknown, a revoked and an expired key are answered alike.
 */
final class KeyAuthentication implements Filter {

    private static final String KEY = "X-API-Key";
    private static final String AUTHORIZATION = "Authorization";
    private static final List<String> NAMES = List.of(KEY, AUTHORIZATION);
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
        var key = KeyText.read(sent.get());
        var known = key.flatMap(keys::find);
        if (known.isEmpty()) {
            return Rejection.of(Refusal.KEY_REFUSED, "The API key is not known here, or no longer valid.")
                    .with("WWW-Authenticate", CHALLENGE + ", error=\"invalid_token\"")
                    .toResponse();
        }
        exchange.caller(new Caller(known.get().consumer(), known.get().id()));
        exchange.admittedWhile(() -> key.flatMap(keys::find).equals(known));
        removeKeys(exchange.headers(), _ -> true);
        return next.handle(exchange);
    }

    /** What a field that may hold a key holds: credentials of another scheme than Bearer are meant for the service. */
    private static Optional<String> credential(Headers.Field field) {
        if (field.name().equalsIgnoreCase(KEY)) {
            return Optional.of(field.value().strip());
        }
        return field.name().equalsIgnoreCase(AUTHORIZATION)
                        && field.value().regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? Optional.of(field.value().substring(BEARER.length()).strip())
                : Optional.empty();
    }

    /** The key among the fields, if it looks like one of ours. */
    static Optional<KeyText> key(Headers headers) {
        return credential(headers).flatMap(KeyText::read);
    }

    /** Takes out the fields that hold a key, where the key is such a one. */
    static void removeKeys(Headers headers, Predicate<String> which) {
        for (var name : NAMES) {
            headers.removeIf(
                    name,
                    value -> credential(new Headers.Field(name, value))
                            .filter(which)
                            .isPresent());
        }
    }

    /** {@code X-API-Key} decides where both are sent. */
    private static Optional<String> credential(Headers headers) {
        return credential(headers, KEY).or(() -> credential(headers, AUTHORIZATION));
    }

    private static Optional<String> credential(Headers headers, String name) {
        return headers.first(name)
                .flatMap(value -> credential(new Headers.Field(name, value)))
                .filter(value -> !value.isEmpty());
    }
}
