package dev.gatehouse.db.model;

import dev.gatehouse.db.settings.Format;
import dev.gatehouse.db.settings.Setting;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * What a key may be used for. Routes and addresses restrict it where there are any; scopes are what it grants, so that
 * a key without scopes has none. A key whose routes are all gone opens none.
 */
public record KeyTerms(
        @Setting(
                label = "Environment",
                help =
                        "Stands in the key itself, such as live or test; a route may take keys of some environments only.",
                fallback = "live",
                format = Format.ENVIRONMENT)
        String environment,

        @Setting(
                label = "Routes",
                help = "The only routes it opens. None: each route that its consumer may use.",
                max = "100",
                format = Format.NAME)
        List<String> routes,

        @Setting(
                label = "Scopes",
                help = "What it grants, such as orders:read, on routes that ask for scopes.",
                max = "100",
                format = Format.SCOPE)
        List<String> scopes,

        @Setting(
                label = "Addresses",
                help = "The only addresses and blocks from which it is taken. None: from anywhere.",
                max = "100",
                format = Format.ADDRESS_BLOCK)
        List<String> addresses,

        @Setting(
                label = "Former routes",
                help =
                        "Routes that it was for and that are gone; a new one of that name is not for it. While any stands here, no routes means none.",
                max = "100",
                remembered = true,
                format = Format.NAME)
        List<String> formerRoutes) {

    private static final int REMEMBERED = 100;

    /** Of a key that opens all that its consumer may use, from anywhere. */
    public static final KeyTerms OPEN = new KeyTerms("live", List.of(), List.of(), List.of());

    /** Opens nothing, from nowhere. */
    public static final KeyTerms CLOSED = new KeyTerms("", List.of(""), List.of(), List.of("255.255.255.255/32"));

    /** Of a key that has lost no route. */
    public KeyTerms(String environment, List<String> routes, List<String> scopes, List<String> addresses) {
        this(environment, routes, scopes, addresses, List.of());
    }

    public KeyTerms {
        routes = List.copyOf(routes);
        scopes = List.copyOf(scopes);
        addresses = List.copyOf(addresses);
        formerRoutes = List.copyOf(formerRoutes);
    }

    /** Does it open some routes at most, or none, rather than all that its consumer may use? */
    public boolean restricted() {
        return !routes.isEmpty() || !formerRoutes.isEmpty();
    }

    /** Is there no route left that it opens? */
    public boolean opensNothing() {
        return routes.isEmpty() && !formerRoutes.isEmpty();
    }

    /** Once these routes are gone. However few are left, it opens no other ones. */
    public KeyTerms without(Collection<String> gone) {
        var left = new ArrayList<String>();
        var former = new LinkedHashSet<>(formerRoutes);
        for (var route : routes) {
            if (gone.contains(route)) {
                former.add(route);
            } else {
                left.add(route);
            }
        }
        var newest =
                former.stream().skip(Math.max(0, former.size() - REMEMBERED)).toList();
        return new KeyTerms(environment, left, scopes, addresses, newest);
    }

    /** Once a route is there again as if it had never gone. */
    public KeyTerms with(String restored) {
        var all = new LinkedHashSet<>(routes);
        all.add(restored);
        return new KeyTerms(
                environment,
                List.copyOf(all),
                scopes,
                addresses,
                formerRoutes.stream().filter(name -> !name.equals(restored)).toList());
    }
}
