package dev.gatehouse.deploy.demo.orders;

import dev.gatehouse.deploy.demo.http.JsonServer;
import dev.gatehouse.deploy.demo.http.Routes;
import dev.gatehouse.deploy.demo.shop.Shop;
import java.time.Clock;

/** The orders service. */
public final class OrdersServer implements AutoCloseable {

    private final JsonServer server;

    private OrdersServer(JsonServer server) {
        this.server = server;
    }

    /** @param port 0 takes a free one */
    public static OrdersServer start(String host, int port) {
        var orders = new Orders(Shop.orders(), Shop.products(), Shop.users(), Clock.systemUTC());
        var routes = new Routes();
        new GraphQlRoutes(new OrdersGraph(orders)).addTo(routes);
        return new OrdersServer(JsonServer.start(host, port, routes));
    }

    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.close();
    }
}
