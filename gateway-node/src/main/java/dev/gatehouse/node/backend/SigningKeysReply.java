package dev.gatehouse.node.backend;

import dev.gatehouse.db.model.SigningKeys;
import dev.gatehouse.node.exchange.Body;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Handler;
import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.exchange.Response;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/** Publishes the keys with which the gateway tells services who is calling: RFC 7517, 8.5.2. */
public final class SigningKeysReply implements Handler {

    private final Supplier<String> keys;
    private final String caching;

    /** @param keys a JWK Set */
    public SigningKeysReply(SigningKeys settings, Supplier<String> keys) {
        this.keys = keys;
        caching = "public, max-age=" + settings.maxAge().toSeconds();
    }

    @Override
    public Response handle(Exchange exchange) {
        return new Response(
                200,
                Headers.of("Content-Type", "application/jwk-set+json", "Cache-Control", caching),
                Body.of(keys.get().getBytes(StandardCharsets.UTF_8)));
    }
}
