package dev.gatehouse.node.routing;

import dev.gatehouse.db.model.Forward;
import dev.gatehouse.db.model.Match;
import dev.gatehouse.db.model.Method;
import dev.gatehouse.db.model.Route;
import dev.gatehouse.db.model.Service;
import dev.gatehouse.db.model.Snapshot;
import dev.gatehouse.db.model.SnapshotRules;
import dev.gatehouse.db.model.WebSockets;
import dev.gatehouse.db.policy.Policy;
import dev.gatehouse.db.policy.RateLimit;
import dev.gatehouse.db.settings.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Whatever passes the checks of a save: services, and routes that crowd on few paths so that they meet. */
final class ValidRoutes {

    private static final List<String> SEGMENTS =
            List.of("a", "b", "A", "a.b", "...", "~", "-", "_", "(x)", "a:b@c", "$&'+,=!");
    private static final List<String> TARGETS = List.of(
            "http://127.0.0.1:1",
            "http://127.0.0.1:1/",
            "https://127.0.0.1:1",
            "http://[::1]:1",
            "http://localhost:1",
            "http://127.0.0.2:1");

    private final Random random;

    ValidRoutes(long seed) {
        random = new Random(seed);
    }

    /** Of 4 services and at most so many routes. */
    Snapshot snapshot(int routes) {
        var services = new HashMap<String, Service>();
        for (int i = 0; i < 4; i++) {
            services.put("service-" + i, service());
        }
        return grown(new Snapshot(services, new HashMap<>(), new HashMap<>(), Map.of()), routes);
    }

    /** The same after some edits: services and routes exchanged, gone and new. */
    Snapshot edited(Snapshot before) {
        var services = new HashMap<>(before.services());
        services.replaceAll((_, service) -> random.nextInt(4) == 0 ? service() : service);
        var routes = new HashMap<>(before.routes());
        routes.keySet().removeIf(_ -> random.nextInt(3) == 0);
        return grown(
                new Snapshot(services, routes, before.consumers(), Map.of()),
                before.routes().size());
    }

    /** A canonical path, often one that a route takes. */
    String path() {
        return random.nextInt(10) == 0 ? "/" : segments(1 + random.nextInt(3)) + (random.nextInt(6) == 0 ? "/" : "");
    }

    String method() {
        return random.nextInt(20) == 0
                ? "PURGE"
                : pick(List.of(Method.values())).name();
    }

    private Snapshot grown(Snapshot from, int routes) {
        var all = new HashMap<>(from.routes());
        for (int i = 0; i < routes * 2 && all.size() < routes; i++) {
            var name = "route-" + random.nextInt(routes * 2);
            var route = route();
            var tried = new HashMap<>(all);
            tried.put(name, route);
            var next = new Snapshot(from.services(), tried, from.consumers(), Map.of());
            if (Settings.check(route).isEmpty() && SnapshotRules.check(next).isEmpty()) {
                all.put(name, route);
            }
        }
        return new Snapshot(from.services(), all, from.consumers(), Map.of());
    }

    private Service service() {
        var targets = new ArrayList<>(TARGETS.subList(random.nextInt(TARGETS.size()), TARGETS.size()));
        var service = Compiling.service(targets.toArray(String[]::new));
        if (!Settings.check(service).isEmpty()) {
            throw new IllegalStateException("not valid: " + Settings.check(service));
        }
        return service;
    }

    private Route route() {
        var open = random.nextBoolean();
        var path = random.nextInt(8) == 0 ? (open ? "/**" : "/") : segments(1 + random.nextInt(2)) + tail(open);
        var methods = new ArrayList<Method>();
        for (int i = random.nextInt(3); i > 0; i--) {
            var method = pick(List.of(Method.values()));
            if (!methods.contains(method)) {
                methods.add(method);
            }
        }
        var rewrite = random.nextInt(3) > 0 ? "" : random.nextInt(4) == 0 ? "/" : segments(1) + tail(open);
        return new Route(
                Match.of(path, methods.toArray(Method[]::new)),
                random.nextInt(3) > 0,
                policies(),
                new Forward("service-" + random.nextInt(4), rewrite),
                10 << 20,
                Duration.ofMinutes(1),
                WebSockets.DEFAULT);
    }

    private String tail(boolean open) {
        return open ? "/**" : random.nextInt(6) == 0 ? "/" : "";
    }

    private List<Policy> policies() {
        var policies = new ArrayList<Policy>();
        for (int i = random.nextInt(3); i > 0; i--) {
            policies.add(new RateLimit(
                    1 + random.nextInt(1_000_000),
                    Duration.ofSeconds(1 + random.nextInt(3600)),
                    pick(List.of(RateLimit.Per.values())),
                    pick(List.of(RateLimit.Mode.values())),
                    RateLimit.WithoutRedis.ALLOW,
                    i == 1 ? "" : "limit-" + i));
        }
        return policies;
    }

    private String segments(int count) {
        var path = new StringBuilder();
        for (int i = 0; i < count; i++) {
            path.append('/').append(pick(random.nextInt(3) > 0 ? SEGMENTS.subList(0, 2) : SEGMENTS));
        }
        return path.toString();
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
