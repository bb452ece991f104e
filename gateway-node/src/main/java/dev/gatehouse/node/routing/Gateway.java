package dev.gatehouse.node.routing;

import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Handler;
import dev.gatehouse.node.exchange.Response;

/** Serves each request from the table that was live when it came; it keeps that table to its end. */
public final class Gateway implements Handler {

    private volatile RouteTable live = RouteTable.NONE;

    @Override
    public Response handle(Exchange exchange) {
        var chain = live.match(exchange);
        var route = exchange.route();
        if (route != null) {
            exchange.admittedWhile(() -> live.routes().containsKey(route));
        }
        return chain.handle(exchange);
    }

    public RouteTable live() {
        return live;
    }

    /** From now on new requests meet that table. */
    public void swap(RouteTable table) {
        live = table;
    }
}
