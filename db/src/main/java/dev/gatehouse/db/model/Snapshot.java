package dev.gatehouse.db.model;

import dev.gatehouse.db.routing.Filed;
import dev.gatehouse.db.routing.RouteIndex;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * One consistent version of everything a node serves; keys travel beside it.
 *
 * @param services by name, sorted; likewise the others
 */
public record Snapshot(
        Map<String, Service> services,
        Map<String, Route> routes,
        Map<String, Consumer> consumers,
        Map<String, Certificate> certificates,
        Map<String, Api> apis,
        Map<String, ClientType> clientTypes,
        Map<String, Plan> plans,
        Map<String, Issuer> issuers,
        Map<String, Login> logins,
        Map<String, SigningKey> signingKeys,
        Map<String, Webhook> webhooks) {

    public static final Snapshot EMPTY = of(_ -> Map.of());

    public Snapshot {
        services = Collections.unmodifiableMap(new TreeMap<>(services));
        routes = Collections.unmodifiableMap(new TreeMap<>(routes));
        consumers = Collections.unmodifiableMap(new TreeMap<>(consumers));
        certificates = Collections.unmodifiableMap(new TreeMap<>(certificates));
        apis = Collections.unmodifiableMap(new TreeMap<>(apis));
        clientTypes = Collections.unmodifiableMap(new TreeMap<>(clientTypes));
        plans = Collections.unmodifiableMap(new TreeMap<>(plans));
        issuers = Collections.unmodifiableMap(new TreeMap<>(issuers));
        logins = Collections.unmodifiableMap(new TreeMap<>(logins));
        signingKeys = Collections.unmodifiableMap(new TreeMap<>(signingKeys));
        webhooks = Collections.unmodifiableMap(new TreeMap<>(webhooks));
    }

    /** One without plans and issuers. */
    public Snapshot(
            Map<String, Service> services,
            Map<String, Route> routes,
            Map<String, Consumer> consumers,
            Map<String, Certificate> certificates,
            Map<String, Api> apis,
            Map<String, ClientType> clientTypes) {
        this(
                services,
                routes,
                consumers,
                certificates,
                apis,
                clientTypes,
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of());
    }

    /** One without APIs and client types too. */
    public Snapshot(
            Map<String, Service> services,
            Map<String, Route> routes,
            Map<String, Consumer> consumers,
            Map<String, Certificate> certificates) {
        this(services, routes, consumers, certificates, Map.of(), Map.of());
    }

    /** @param things all of one kind, by name */
    public static Snapshot of(Function<Kind, Map<String, ? extends Entity>> things) {
        return new Snapshot(
                typed(things.apply(Kind.SERVICE), Service.class),
                typed(things.apply(Kind.ROUTE), Route.class),
                typed(things.apply(Kind.CONSUMER), Consumer.class),
                typed(things.apply(Kind.CERTIFICATE), Certificate.class),
                typed(things.apply(Kind.API), Api.class),
                typed(things.apply(Kind.CLIENT_TYPE), ClientType.class),
                typed(things.apply(Kind.PLAN), Plan.class),
                typed(things.apply(Kind.ISSUER), Issuer.class),
                typed(things.apply(Kind.LOGIN), Login.class),
                typed(things.apply(Kind.SIGNING_KEY), SigningKey.class),
                typed(things.apply(Kind.WEBHOOK), Webhook.class));
    }

    private static <T extends Entity> Map<String, T> typed(Map<String, ? extends Entity> things, Class<T> type) {
        var typed = new LinkedHashMap<String, T>();
        things.forEach((name, thing) -> typed.put(name, type.cast(thing)));
        return typed;
    }

    public Map<String, ? extends Entity> all(Kind kind) {
        return switch (kind) {
            case SERVICE -> services;
            case ROUTE -> routes;
            case CONSUMER -> consumers;
            case CERTIFICATE -> certificates;
            case API -> apis;
            case CLIENT_TYPE -> clientTypes;
            case PLAN -> plans;
            case ISSUER -> issuers;
            case LOGIN -> logins;
            case SIGNING_KEY -> signingKeys;
            case WEBHOOK -> webhooks;
        };
    }

    public Optional<Entity> find(Kind kind, String name) {
        return Optional.ofNullable(all(kind).get(name));
    }

    /** Its routes as requests find them, without those that break a rule of their own. */
    public RouteIndex<Route> routeIndex() {
        var filed = new ArrayList<Filed<Route>>();
        routes.forEach((name, route) -> {
            try {
                filed.add(new Filed<>(name, route.match().criteria(), route));
            } catch (IllegalArgumentException _) {
                // which rule, is told where single records are checked
            }
        });
        return new RouteIndex<>(filed);
    }

    /** The same with that thing instead of what had its kind and name. */
    public Snapshot with(String name, Entity thing) {
        return of(kind -> {
            var all = new LinkedHashMap<String, Entity>(all(kind));
            if (kind == Kind.of(thing)) {
                all.put(name, thing);
            }
            return all;
        });
    }
}
