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
import java.util.stream.Stream;

/** The rules between limits of routes, plans, and consumers who subscribe to them. A count is kept under its limit's name. */
final class LimitRules {

    private final Snapshot snapshot;
    private final List<Problem> problems = new ArrayList<>();
    private final Map<String, List<Placed>> ofRoutes = new HashMap<>();

    private LimitRules(Snapshot snapshot) {
        this.snapshot = snapshot;
    }

    /**
     * A limit where it stands.
     *
     * @param owner such as {@code route 'orders'}
     * @param at path of its name
     */
    private record Placed(String owner, String at, Counted limit) {

        /** Would a request that meets both be counted twice? */
        boolean isBeside(Placed other) {
            return owner.equals(other.owner);
        }

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
    }

    static List<Problem> check(Snapshot snapshot) {
        var rules = new LimitRules(snapshot);
        rules.ofRoutes();
        rules.ofPlans();
        snapshot.plans().forEach(rules::plan);
        snapshot.consumers().forEach(rules::consumer);
        return rules.problems;
    }

    private void ofRoutes() {
        snapshot.routes().forEach((name, route) -> {
            for (int i = 0; i < route.policies().size(); i++) {
                if (route.policies().get(i) instanceof Counted limit) {
                    var kind = limit instanceof RateLimit ? "rate-limit" : "concurrency-limit";
                    var at = "routes." + name + ".policies[" + i + "]." + kind + ".name";
                    var placed = new Placed("route '" + name + "'", at, limit);
                    var alike = ofRoutes.computeIfAbsent(limit.nameOn(name), _ -> new ArrayList<>());
                    if (alike.stream().anyMatch(placed::isBeside)) {
                        problems.add(new Problem(
                                at, "Two limits of one route need two names; one without has that of the route."));
                    }
                    alike.add(placed);
                }
            }
        });
        alike(ofRoutes);
    }

    /** A consumer has one of a name, from one plan; so only what consumers count together is shared between plans. */
    private void ofPlans() {
        var shared = new HashMap<String, List<Placed>>();
        snapshot.plans().forEach((name, plan) -> {
            share(name, "limits", plan.limits(), shared);
            share(name, "concurrency", plan.concurrency(), shared);
        });
        alike(shared);
    }

    private static void share(
            String plan, String list, List<? extends Counted> limits, Map<String, List<Placed>> shared) {
        for (int i = 0; i < limits.size(); i++) {
            var limit = limits.get(i);
            if (!limit.per().ofOneConsumer()) {
                shared.computeIfAbsent(limit.name(), _ -> new ArrayList<>())
                        .add(new Placed(
                                "plan '" + plan + "'", "plans." + plan + "." + list + "[" + i + "].name", limit));
            }
        }
    }

    /** Limits that share a count have to count alike: with two windows, the shorter would forget for the longer. */
    private void alike(Map<String, List<Placed>> byName) {
        byName.forEach(
                (name, limits) -> limits.forEach(
                        limit -> limits.stream()
                                .filter(other -> !other.agrees(limit))
                                .findFirst()
                                .ifPresent(
                                        other -> problems.add(
                                                new Problem(
                                                        limit.at,
                                                        "Limit '" + name + "' of " + other.owner
                                                                + " is another one; limits of one name share their count and must be alike in all but cost.")))));
    }

    private void plan(String name, Plan plan) {
        var at = "plans." + name + ".";
        for (int i = 0; i < plan.routes().size(); i++) {
            route(at + "routes[" + i + "]", plan.routes().get(i));
        }
        for (int i = 0; i < plan.costs().size(); i++) {
            route(at + "costs[" + i + "].route", plan.costs().get(i).route());
            cost(at + "costs[" + i + "].units", plan, plan.costs().get(i).units());
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

    private void cost(String at, Plan plan, long units) {
        plan.limits().stream()
                .filter(limit -> units > limit.most())
                .forEach(limit -> tooMuch(at, "limit '" + limit.name() + "'", limit.most()));
        plan.quotas().stream()
                .filter(quota -> quota.refuses() && units > quota.most())
                .forEach(quota -> tooMuch(at, "quota '" + quota.name() + "'", quota.most()));
    }

    private void tooMuch(String at, String what, long most) {
        problems.add(
                new Problem(at, "A request must not take more than the " + most + " that " + what + " has at most."));
    }

    private void free(String at, String limit) {
        if (ofRoutes.containsKey(limit)) {
            problems.add(new Problem(
                    at,
                    "Limit '" + limit + "' is one of " + ofRoutes.get(limit).getFirst().owner
                            + "; a plan's limit has a name of its own."));
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
            var override = consumer.overrides().get(i);
            var place = at + "overrides[" + i + "]";
            meant(override, consumer).forEach(problem -> problems.add(problem.under(place)));
            var limit = override.limit();
            if (!limits.containsKey(limit) && !ofRoute(limit)) {
                problems.add(new Problem(
                        place + ".limit",
                        "There is no limit '" + limit
                                + "' in its plans, nor on a route that counts per consumer or key."));
            }
        }
    }

    /** What would be wrong with the rate limits that it is for, had they these numbers. */
    private List<Problem> meant(LimitOverride override, Consumer consumer) {
        var ofPlans = consumer.plans().stream()
                .flatMap(plan -> Stream.ofNullable(snapshot.plans().get(plan)))
                .flatMap(plan -> plan.limits().stream())
                .filter(limit ->
                        limit.name().equals(override.limit()) && limit.per().ofOneConsumer());
        var onRoutes = ofRoutes.getOrDefault(override.limit(), List.of()).stream()
                .map(Placed::limit)
                .filter(limit -> limit.per().ofOneConsumer())
                .flatMap(limit -> limit instanceof RateLimit rate ? Stream.of(rate) : Stream.empty());
        return Stream.concat(ofPlans, onRoutes)
                .flatMap(limit -> override.of(limit).problems().stream())
                .map(problem -> new Problem(problem.path().equals("burst") ? "burst" : "requests", problem.message()))
                .distinct()
                .toList();
    }

    private static Set<String> names(Plan plan) {
        var names = new HashSet<String>();
        plan.limits().forEach(limit -> names.add(limit.name()));
        plan.concurrency().forEach(limit -> names.add(limit.name()));
        return names;
    }

    private boolean ofRoute(String limit) {
        return ofRoutes.getOrDefault(limit, List.of()).stream()
                .anyMatch(placed -> placed.limit.per().ofOneConsumer());
    }
}
