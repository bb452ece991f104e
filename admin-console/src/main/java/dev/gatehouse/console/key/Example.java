package dev.gatehouse.console.key;

import dev.gatehouse.db.credential.Key;
import dev.gatehouse.db.model.Method;
import dev.gatehouse.db.model.Route;
import dev.gatehouse.db.model.Snapshot;
import java.net.URI;
import java.util.Comparator;
import java.util.Optional;

/** A new key put to use, ready to be pasted. */
record Example(URI gateway, Snapshot snapshot) {

    /** A call of a route that asks for a key; empty when there is none. */
    Optional<String> curl(String key) {
        return snapshot.routes().values().stream()
                .filter(route ->
                        !route.isPublic() && route.authentication().byKey().isPresent())
                .min(Comparator.comparing((Route route) -> !route.match().takes("GET")))
                .map(route -> curl(route, route.authentication().byKey().orElseThrow(), key));
    }

    /** As the route takes it: the safest of the ways it knows. */
    private String curl(Route route, Key where, String key) {
        var field = where.header().isEmpty() ? "Authorization: Bearer " : where.header() + ": ";
        boolean inField = !where.header().isEmpty() || where.bearer();
        return "curl -i" + method(route) + (inField ? " -H '" + field + key + "'" : "") + " '" + gateway + path(route)
                + (inField ? "" : "?" + where.query() + "=" + key) + "'";
    }

    String environment(String key) {
        return "API_URL=" + gateway + "\nAPI_KEY=" + key;
    }

    private static String method(Route route) {
        return route.match().takes("GET")
                ? ""
                : " -X "
                        + route.match().methods().stream()
                                .map(Method::name)
                                .findFirst()
                                .orElse("GET");
    }

    private static String path(Route route) {
        return route.match().pattern().example();
    }
}
