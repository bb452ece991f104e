package dev.gatehouse.db.model;

import dev.gatehouse.db.settings.Format;
import dev.gatehouse.db.settings.Setting;
import java.util.List;

/**
 * What a key may be used for. Routes and addresses restrict it where there are any; scopes are what it grants, so that
 * a key without scopes has none.
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
        List<String> addresses) {

    /** Of a key that opens all that its consumer may use, from anywhere. */
    public static final KeyTerms OPEN = new KeyTerms("live", List.of(), List.of(), List.of());

    /** Opens nothing, from nowhere. */
    public static final KeyTerms CLOSED = new KeyTerms("", List.of(""), List.of(), List.of("255.255.255.255/32"));

    public KeyTerms {
        routes = List.copyOf(routes);
        scopes = List.copyOf(scopes);
        addresses = List.copyOf(addresses);
    }
}
