package dev.gatehouse.deploy.demo;

import dev.gatehouse.deploy.demo.orders.OrdersServer;
import dev.gatehouse.deploy.demo.products.ProductsServer;
import dev.gatehouse.deploy.demo.users.UsersServer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The services by the names that are typed. */
enum Service {
    USERS("REST", 9101, ""),
    PRODUCTS("gRPC", 9102, ""),
    ORDERS("GraphQL", 9103, "/graphql");

    private final String kind;
    private final int usualPort;
    private final String path;

    Service(String kind, int usualPort, String path) {
        this.kind = kind;
        this.usualPort = usualPort;
        this.path = path;
    }

    /** A service that answers; close it with {@link #stop}. */
    record Running(String line, Runnable stop) {}

    static Optional<Service> named(String name) {
        return Arrays.stream(values())
                .filter(service -> service.typed().equals(name))
                .findFirst();
    }

    String typed() {
        return name().toLowerCase(Locale.ROOT);
    }

    int usualPort() {
        return usualPort;
    }

    Running start(String host, int port) {
        return switch (this) {
            case USERS -> {
                var server = UsersServer.start(host, port);
                yield running(host, server.port(), server::close);
            }
            case PRODUCTS -> {
                var server = ProductsServer.start(host, port);
                yield running(host, server.port(), server::close);
            }
            case ORDERS -> {
                var server = OrdersServer.start(host, port);
                yield running(host, server.port(), server::close);
            }
        };
    }

    private Running running(String host, int port, Runnable stop) {
        var authority = (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
        return new Running(typed() + " (" + kind + ") on http://" + authority + path, stop);
    }
}
