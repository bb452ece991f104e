package dev.gatehouse.node.authentication;

import dev.gatehouse.db.key.KeyText;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Filter;
import dev.gatehouse.node.exchange.Handler;
import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.exchange.Response;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * On a public route: takes out a key of ours that a caller sends all the same. What is none of ours is the service's
 * own and passes.
 */
final class KeyRemoval implements Filter {

    private static final String FIELD = "X-API-Key";

    @Override
    public Response filter(Exchange exchange, Handler next) {
        exchange.headers().removeIf(FIELD, value -> isOurs(value.strip()));
        BearerField.remove(exchange.headers(), KeyRemoval::isOurs);
        return next.handle(exchange);
    }

    private static boolean isOurs(String text) {
        return KeyText.read(text).isPresent();
    }

    /** The key where keys usually are, whatever the route. */
    static Optional<KeyText> key(Headers headers) {
        var sent = headers.first(FIELD).map(String::strip).filter(value -> !value.isEmpty());
        @Nullable String text = sent.orElseGet(() -> BearerField.token(headers));
        return text == null ? Optional.empty() : KeyText.read(text);
    }
}
