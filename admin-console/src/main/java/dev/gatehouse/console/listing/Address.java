package dev.gatehouse.console.listing;

import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.Location;
import com.vaadin.flow.router.QueryParameters;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What an address asks for, such as {@code routes/users-api?service=users}.
 *
 * @param name the thing that is open
 * @param create is a new thing to be made? Written as {@code ?new}, since a thing may be named so
 * @param parameters all others by name; never blank
 */
record Address(String path, Optional<String> name, boolean create, Map<String, String> parameters) {

    static final String NAME = "name";
    private static final String NEW = "new";

    static Address of(String path, BeforeEnterEvent event) {
        var query = event.getLocation().getQueryParameters();
        var parameters = new LinkedHashMap<String, String>();
        query.getParameters().forEach((parameter, values) -> {
            if (!parameter.equals(NEW) && !values.getFirst().isBlank()) {
                parameters.put(parameter, values.getFirst());
            }
        });
        return new Address(
                path,
                event.getRouteParameters().get(NAME).map(Address::decoded),
                query.getParameters().containsKey(NEW),
                parameters);
    }

    /** The address of a thing, whatever letters its name has. */
    static String to(String path, String name) {
        return path + "/" + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String decoded(String segment) {
        try {
            return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return segment; // typed by hand
        }
    }

    Address opened(String name) {
        return new Address(path, Optional.of(name), false, parameters);
    }

    Address creating() {
        return new Address(path, Optional.empty(), true, parameters);
    }

    Address closed() {
        return new Address(path, Optional.empty(), false, parameters);
    }

    Address with(Map<String, String> parameters) {
        return new Address(path, name, create, parameters);
    }

    QueryParameters query() {
        var query = QueryParameters.empty();
        if (create) {
            query = query.merging(NEW, "");
        }
        for (var parameter : parameters.entrySet()) {
            query = query.merging(parameter.getKey(), parameter.getValue());
        }
        return query;
    }

    String place() {
        return name.map(open -> to(path, open)).orElse(path);
    }

    Location location() {
        return new Location(place(), query());
    }
}
