package dev.gatehouse.db.model;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One consistent version of everything a node serves; keys travel beside it.
 *
 * @param services by name, sorted; likewise the others
 */
public record Snapshot(
        Map<String, Service> services,
        Map<String, Route> routes,
        Map<String, Consumer> consumers,
        Map<String, Certificate> certificates) {

    public static final Snapshot EMPTY = new Snapshot(Map.of(), Map.of(), Map.of(), Map.of());

    public Snapshot {
        services = Collections.unmodifiableMap(new TreeMap<>(services));
        routes = Collections.unmodifiableMap(new TreeMap<>(routes));
        consumers = Collections.unmodifiableMap(new TreeMap<>(consumers));
        certificates = Collections.unmodifiableMap(new TreeMap<>(certificates));
    }

    public Map<String, ? extends Entity> all(Kind kind) {
        return switch (kind) {
            case SERVICE -> services;
            case ROUTE -> routes;
            case CONSUMER -> consumers;
            case CERTIFICATE -> certificates;
        };
    }

    public Optional<Entity> find(Kind kind, String name) {
        return Optional.ofNullable(all(kind).get(name));
    }
}
