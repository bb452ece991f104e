package dev.gatehouse.node.authentication;

import dev.gatehouse.node.exchange.Headers;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** {@code Authorization: Bearer}: RFC 6750, 2.1. Credentials of another scheme are none of its business. */
final class BearerField {

    static final String CHALLENGE = "Bearer realm=\"gatehouse\"";

    private static final String AUTHORIZATION = "Authorization";
    private static final String SCHEME = "Bearer ";

    private BearerField() {}

    /** What the first field holds; null when that is of another scheme or empty, and without one. */
    static @Nullable String token(Headers headers) {
        return token(headers.first(AUTHORIZATION).orElse(""));
    }

    private static @Nullable String token(String value) {
        if (!isBearer(value)) {
            return null;
        }
        var token = value.substring(SCHEME.length()).strip();
        return token.isEmpty() ? null : token;
    }

    private static boolean isBearer(String value) {
        return value.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    }

    /** Takes out the fields with a token. */
    static void remove(Headers headers) {
        headers.removeIf(AUTHORIZATION, BearerField::isBearer);
    }

    /** Takes out the fields whose token fulfils the condition. */
    static void remove(Headers headers, Predicate<String> which) {
        headers.removeIf(AUTHORIZATION, value -> {
            var token = token(value);
            return token != null && which.test(token);
        });
    }
}
