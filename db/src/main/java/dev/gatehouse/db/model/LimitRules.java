package dev.gatehouse.db.model;

import dev.gatehouse.db.policy.ConcurrencyLimit;
import dev.gatehouse.db.policy.Cost;
import dev.gatehouse.db.policy.Counted;
import dev.gatehouse.db.policy.RateLimit;
import dev.gatehouse.db.policy.Told;
import dev.gatehouse.db.settings.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The rules between limits of routes, plans, and consumers who subscribe to them. A count is kept under its limit's name. */
final class LimitRules {

    private final Snapshot snapshot;
    private final List<Problem> problems = new ArrayList<>();
    private final Map<String, List<Placed>> byName = new HashMap<>();

    private LimitRules(Snapshot snapshot) {
        this.snapshot = snapshot;
    }

    /** A limit of a route. */
    private record Placed(String route, int position, Counted limit) {

        /** Whether both count the same in the same way. */
        boolean agrees(Placed other) {
            return alike(limit).equals(alike(other.limit));
        }

        /** What a request costs and what callers are told may differ by route. */
        private static Counted alike(Counted limit) {
            return switch (limit) {
                case RateLimit rate ->
                    new RateLimit(
                            rate.requests(),
                            rate.window(),
                            rate.burst(),
                            rate.per(),
                            rate.perName(),
                            Cost.ONE,
                            rate.mode(),
                            rate.withoutRedis(),
                            rate.observe(),
                            Told.DEFAULT,
                            "");
                case ConcurrencyLimit concurrency ->
                    new ConcurrencyLimit(
                            concurrency.requests(),
                            concurrency.per(),
                            concurrency.perName(),
                            concurrency.withoutRedis(),
                            concurrency.observe(),
                            Told.DEFAULT,
                            "");
            };
        }

        Problem problem(String message) {
            var kind = limit instanceof RateLimit ? "rate-limit" : "concurrency-limit";
            return new Problem("routes." + route + ".policies[" + position + "]." + kind + ".name", message);
        }
    }

    static List<Problem> check(Snapshot snapshot) {
        var rules = new LimitRules(snapshot);
        rules.routes();
        snapshot.plans().forEach(rules::plan);
        snapshot.consumers().forEach(rules::consumer);
        return rules.problems;
    }

    /** Limits that share a count have to count alike: with two windows, the shorter would forget for the longer. */
    private void routes() {
        snapshot.routes().forEach((name, route) -> {
            for (int i = 0; i < route.policies().size(); i++) {
                if (route.policies().get(i) instanceof Counted limit) {
                    byName.computeIfAbsent(limit.nameOn(name), _ -> new ArrayList<>())
                            .add(new Placed(name, i, limit));
                }
            }
        });
        byName.forEach((name, limits) -> limits.forEach(limit -> limits.stream()
                .filter(other -> !other.agrees(limit))
                .findFirst()
                .ifPresent(other -> problems.add(limit.problem("Limit '" + name + "' is another one on route '"
                        + other.route
                        + "'; limits of one name share their count and must be alike in all but cost.")))));
    }

    private void plan(String name, Plan plan) {
        var at = "plans." + name + ".";
        for (int i = 0; i < plan.routes().size(); i++) {
            route(at + "routes[" + i + "]", plan.routes().get(i));
        }
        for (int i = 0; i < plan.costs().size(); i++) {
            route(at + "costs[" + i + "].route", plan.costs().get(i).route());
        }
        for (int i = 0; i < plan.limits().size(); i++) {
            free(at + "limits[" + i + "].name", plan.limits().get(i).name());
        }
        for (int i = 0; i < plan.concurrency().size(); i++) {
            free(at + "concurrency[" + i + "].name", plan.concurrency().get(i).name());
        }
    }

    private void route(String at, String route) {
        if (!snapshot.routes().containsKey(route)) {
            problems.add(new Problem(at, "There is no route '" + route + "'."));
        }
    }

    private void free(String at, String limit) {
        if (byName.containsKey(limit)) {
            problems.add(new Problem(
                    at,
                    "Limit '" + limit + "' is one of route '"
                            + byName.get(limit).getFirst().route + "'; a plan's limit has a name of its own."));
        }
    }

    private void consumer(String name, Consumer consumer) {
        var at = "consumers." + name + ".";
        var limits = new HashMap<String, String>();
        for (int i = 0; i < consumer.plans().size(); i++) {
            var called = consumer.plans().get(i);
            var plan = snapshot.plans().get(called);
            if (plan == null) {
                problems.add(new Problem(at + "plans[" + i + "]", "There is no plan '" + called + "'."));
                continue;
            }
            for (var limit : names(plan)) {
                var other = limits.putIfAbsent(limit, called);
                if (other != null) {
                    problems.add(new Problem(
                            at + "plans[" + i + "]",
                            "Plans '" + other + "' and '" + called + "' both have a limit '" + limit
                                    + "'; a consumer can subscribe to one of them."));
                }
            }
        }
        for (int i = 0; i < consumer.overrides().size(); i++) {
            var limit = consumer.overrides().get(i).limit();
            if (!limits.containsKey(limit) && !ofRoute(limit)) {
                problems.add(new Problem(
                        at + "overrides[" + i + "].limit",
                        "There is no limit '" + limit
                                + "' in its plans, nor on a route that counts per consumer or key."));
            }
        }
    }

    private static Set<String> names(Plan plan) {
        var names = new HashSet<String>();
        plan.limits().forEach(limit -> names.add(limit.name()));
        plan.concurrency().forEach(limit -> names.add(limit.name()));
        return names;
    }

    private boolean ofRoute(String limit) {
        return byName.getOrDefault(limit, List.of()).stream()
                .anyMatch(placed ->
                        placed.limit.per() == RateLimit.Per.CONSUMER || placed.limit.per() == RateLimit.Per.KEY);
    }
}
