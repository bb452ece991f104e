package dev.gatehouse.node.filter;

import dev.gatehouse.db.key.KeyText;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Filter;
import dev.gatehouse.node.exchange.Handler;
import dev.gatehouse.node.exchange.Response;

/**
 * On a public route: takes out a key of ours that a caller sends all the same. What is none of ours is the service's
 * own and passes.
 */
final class KeyRemoval implements Filter {

    @Override
    public Response filter(Exchange exchange, Handler next) {
        KeyAuthentication.removeKeys(
                exchange.headers(), key -> KeyText.read(key).isPresent());
        return next.handle(exchange);
    }
}
