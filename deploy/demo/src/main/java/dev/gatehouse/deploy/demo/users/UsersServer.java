package dev.gatehouse.deploy.demo.users;

import dev.gatehouse.deploy.demo.http.JsonServer;
import dev.gatehouse.deploy.demo.http.Routes;
import dev.gatehouse.deploy.demo.shop.Shop;
import java.time.Clock;

/** The users service. */
public final class UsersServer implements AutoCloseable {

    private final JsonServer server;

    private UsersServer(JsonServer server) {
        this.server = server;
    }

    /** @param port 0 takes a free one */
    public static UsersServer start(String host, int port) {
        var routes = new Routes();
        new UserRoutes(new Users(Shop.users()), Clock.systemUTC()).addTo(routes);
        new ProbeRoutes().addTo(routes);
        return new UsersServer(JsonServer.start(host, port, routes));
    }

    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.close();
    }
}
