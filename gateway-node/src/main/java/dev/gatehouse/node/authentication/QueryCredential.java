package dev.gatehouse.node.authentication;

import dev.gatehouse.node.exchange.Exchange;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A credential in the query. */
final class QueryCredential {

    private QueryCredential() {}

    /** The first value of that name that is not empty; every parameter of the name is taken out of the exchange. Null without one. */
    static @Nullable String take(Exchange exchange, String name) {
        var query = exchange.query();
        if (query == null || query.isEmpty()) {
            return null;
        }
        String found = null;
        var kept = new StringBuilder(query.length());
        boolean removed = false;
        boolean first = true;
        for (var parameter : query.split("&", -1)) {
            int equals = parameter.indexOf('=');
            if (decoded(equals < 0 ? parameter : parameter.substring(0, equals)).equals(name)) {
                removed = true;
                var value = equals < 0
                        ? ""
                        : decoded(parameter.substring(equals + 1)).strip();
                found = found == null && !value.isEmpty() ? value : found;
            } else {
                kept.append(first ? "" : "&").append(parameter);
                first = false;
            }
        }
        if (removed) {
            exchange.query(first ? null : kept.toString());
        }
        return found;
    }

    private static String decoded(String text) {
        if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
            return text;
        }
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
