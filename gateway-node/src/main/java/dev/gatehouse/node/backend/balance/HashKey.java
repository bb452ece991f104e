package dev.gatehouse.node.backend.balance;

import dev.gatehouse.db.model.Balancing;
import dev.gatehouse.db.routing.CookieText;
import dev.gatehouse.db.routing.QueryText;
import dev.gatehouse.node.exchange.Exchange;
import org.jspecify.annotations.Nullable;

/** What requests have in common that are to meet the same endpoint. */
record HashKey(Balancing.Hash settings) {

    /** Of a request without the key. */
    static final long NONE = 0;

    long of(Exchange exchange) {
        if (settings.by() == Balancing.Hash.By.ADDRESS) {
            return Rendezvous.hash(exchange.client().address());
        }
        var text = text(exchange);
        return text == null ? NONE : Rendezvous.hash(text);
    }

    private @Nullable String text(Exchange exchange) {
        return switch (settings.by()) {
            case CONSUMER -> {
                var caller = exchange.caller();
                yield caller == null ? null : caller.consumer();
            }
            case ADDRESS -> null;
            case HEADER -> exchange.headers().first(settings.name()).orElse(null);
            case COOKIE -> cookie(exchange, settings.name());
            case PARAMETER -> exchange.parameters().get(settings.name());
            case QUERY -> query(exchange.query());
        };
    }

    private @Nullable String query(@Nullable String query) {
        return query == null ? null : QueryText.first(query, settings.name());
    }

    static @Nullable String cookie(Exchange exchange, String name) {
        for (var cookies : exchange.headers().all("Cookie")) {
            var value = CookieText.first(cookies, name);
            if (value != null) {
                return value;
            }
        }
        return null;
    }
}
