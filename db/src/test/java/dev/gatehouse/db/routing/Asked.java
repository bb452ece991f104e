package dev.gatehouse.db.routing;

import java.net.InetAddress;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A request.
 *
 * @param target a path, perhaps with a query
 * @param headers by their names in lower case
 */
public record Asked(
        String method,
        String host,
        String target,
        Map<String, String> headers,
        InetAddress address,
        Instant time,
        double draw)
        implements RequestFacts {

    /** On a Monday at noon UTC, by chance in the middle, from 192.0.2.1. */
    public static Asked of(String method, String host, String target, String... headers) {
        var fields = new TreeMap<String, String>();
        for (int i = 0; i < headers.length; i += 2) {
            fields.put(headers[i].toLowerCase(Locale.ROOT), headers[i + 1]);
        }
        return new Asked(
                method,
                host,
                target,
                fields,
                InetAddress.ofLiteral("192.0.2.1"),
                Instant.parse("2026-11-23T12:00:00Z"),
                0.5);
    }

    public static Asked get(String target) {
        return of("GET", "api.example.com", target);
    }

    Asked with(String otherMethod) {
        return new Asked(otherMethod, host, target, headers, address, time, draw);
    }

    Asked from(String literal) {
        return new Asked(method, host, target, headers, InetAddress.ofLiteral(literal), time, draw);
    }

    Asked at(String instant) {
        return new Asked(method, host, target, headers, address, Instant.parse(instant), draw);
    }

    Asked drawn(double chance) {
        return new Asked(method, host, target, headers, address, time, chance);
    }

    @Override
    public String path() {
        return target.replaceFirst("\\?.*", "");
    }

    @Override
    public @Nullable String query() {
        int mark = target.indexOf('?');
        return mark < 0 ? null : target.substring(mark + 1);
    }

    @Override
    public @Nullable String header(String name) {
        return headers.get(name.toLowerCase(Locale.ROOT));
    }
}
