package dev.gatehouse.console.client;

import dev.gatehouse.console.entity.Impact;
import dev.gatehouse.console.entity.Thing;
import dev.gatehouse.console.listing.Cells;
import dev.gatehouse.db.model.ClientSign;
import dev.gatehouse.db.model.ClientType;
import dev.gatehouse.db.model.Kind;
import dev.gatehouse.db.store.ConfigurationReader.Loaded;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One type of clients.
 *
 * @param routes names of those that are for its clients
 */
record ClientTypeRow(String name, ClientType entity, long revision, List<String> routes) implements Thing {

    static List<ClientTypeRow> of(Loaded loaded) {
        var snapshot = loaded.snapshot();
        return snapshot.clientTypes().entrySet().stream()
                .map(type -> new ClientTypeRow(
                        type.getKey(),
                        type.getValue(),
                        loaded.revisionOf(Kind.CLIENT_TYPE, type.getKey()),
                        snapshot.routes().entrySet().stream()
                                .filter(route ->
                                        route.getValue().match().clients().contains(type.getKey()))
                                .map(route -> route.getKey())
                                .toList()))
                .toList();
    }

    String signs() {
        return entity.recognisedBy().stream().map(ClientTypeRow::words).collect(Collectors.joining(" or "));
    }

    private static String words(ClientSign sign) {
        return switch (sign) {
            case ClientSign.ByConsumer by -> "consumer " + String.join(", ", by.consumers());
            case ClientSign.ByHeader by -> by.name() + value(by.is(), by.matches());
            case ClientSign.ByUserAgent by -> "User-Agent" + value(by.contains(), by.matches());
            case ClientSign.ByTlsSubject by -> "TLS subject" + value(by.contains(), by.matches());
        };
    }

    private static String value(String text, String expression) {
        return expression.isEmpty() ? text.isEmpty() ? "" : ": " + text : " matches " + expression;
    }

    String priority() {
        return String.valueOf(entity.priority());
    }

    String usedBy() {
        return Cells.several("route", routes);
    }

    String searched() {
        return String.join(" ", name, signs(), String.join(" ", routes));
    }

    Impact impact() {
        return Impact.of(
                "routes",
                routes,
                "No route is for its clients. Limits that count by type count them elsewhere.",
                "These routes are for its clients. Delete or change them first:");
    }
}
