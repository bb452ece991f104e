package dev.gatehouse.node.authentication;

import dev.gatehouse.node.exchange.Exchange;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** A credential in the query. */
final class QueryCredential {

    private static final String[] NONE = {};

    private QueryCredential() {}

    /** The first value of that name that is not empty; every parameter of the name is taken out of the exchange. Null without one. */
    static @Nullable String take(Exchange exchange, String name) {
        var kept = new ArrayList<String>();
        boolean removed = false;
        String found = null;
        for (var parameter : parameters(exchange)) {
            var value = value(parameter, name);
            if (value == null) {
                kept.add(parameter);
            } else {
                removed = true;
                found = found == null && !value.isEmpty() ? value : found;
            }
        }
        if (removed) {
            exchange.query(kept.isEmpty() ? null : String.join("&", kept));
        }
        return found;
    }

    /** The same value; nothing is taken out. */
    static @Nullable String read(Exchange exchange, String name) {
        for (var parameter : parameters(exchange)) {
            var value = value(parameter, name);
            if (value != null && !value.isEmpty()) {
                return value;
            }
        }
        return null;
    }

    private static String[] parameters(Exchange exchange) {
        var query = exchange.query();
        return query == null || query.isEmpty() ? NONE : query.split("&", -1);
    }

    /** Null when it is of another name. */
    private static @Nullable String value(String parameter, String name) {
        int equals = parameter.indexOf('=');
        if (!decoded(equals < 0 ? parameter : parameter.substring(0, equals)).equals(name)) {
            return null;
        }
        return equals < 0 ? "" : decoded(parameter.substring(equals + 1)).strip();
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
