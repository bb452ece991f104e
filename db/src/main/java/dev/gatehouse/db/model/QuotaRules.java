package dev.gatehouse.db.model;

import dev.gatehouse.db.policy.Cost;
import dev.gatehouse.db.policy.Quota;
import dev.gatehouse.db.policy.Told;
import dev.gatehouse.db.settings.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The rules between quotas of routes and plans, and consumers with a bonus. What was used is kept under a quota's name. */
final class QuotaRules {

    private final Map<String, Plan> plans;
    private final Map<String, Placed> first = new HashMap<>();
    private final Set<List<String>> onRoutes = new HashSet<>();
    private final List<Problem> problems = new ArrayList<>();

    private QuotaRules(Map<String, Plan> plans) {
        this.plans = plans;
    }

    /** @param holder such as {@code route 'orders'} */
    private record Placed(String holder, Quota quota) {

        boolean ofPlan() {
            return holder.startsWith("plan");
        }

        /** Does each subscriber have one of its own, whose amount its plan says? */
        boolean ofSubscriber() {
            return ofPlan() && quota.per() != Quota.Per.ALL;
        }

        /** What a request costs and what callers are told may differ by route. */
        boolean agrees(Quota other) {
            return alike(quota).equals(alike(other));
        }

        private static Quota alike(Quota quota) {
            return new Quota(
                    quota.amount(),
                    quota.every(),
                    quota.length(),
                    quota.anchor(),
                    quota.anniversary(),
                    quota.zone(),
                    quota.per(),
                    Cost.ONE,
                    quota.mode(),
                    quota.carryOver(),
                    quota.alerts(),
                    quota.withoutRedis(),
                    Told.DEFAULT,
                    "");
        }
    }

    static List<Problem> check(Snapshot snapshot) {
        var rules = new QuotaRules(snapshot.plans());
        snapshot.routes().forEach((name, route) -> {
            for (int i = 0; i < route.policies().size(); i++) {
                if (route.policies().get(i) instanceof Quota quota) {
                    rules.place(
                            "routes." + name + ".policies[" + i + "].quota.name",
                            quota.nameOn(name),
                            new Placed("route '" + name + "'", quota));
                }
            }
        });
        snapshot.plans().forEach((name, plan) -> {
            for (int i = 0; i < plan.quotas().size(); i++) {
                var quota = plan.quotas().get(i);
                rules.place(
                        "plans." + name + ".quotas[" + i + "].name",
                        quota.name(),
                        new Placed("plan '" + name + "'", quota));
            }
        });
        snapshot.consumers().forEach(rules::consumer);
        return rules.problems;
    }

    /**
     * A plan's quota may have another amount in another plan: a consumer who changes plans keeps what was used. Two of one
     * name that a request could meet would both be charged for it.
     */
    private void place(String at, String name, Placed placed) {
        var other = first.putIfAbsent(name, placed);
        if (!placed.ofPlan() && !onRoutes.add(List.of(placed.holder, name))) {
            problems.add(new Problem(at, "Two quotas of one route need two names; one without has that of the route."));
        } else if (other != null && placed.ofPlan() && !other.ofPlan()) {
            problems.add(new Problem(
                    at, "Quota '" + name + "' is one of " + other.holder + "; a plan's quota has a name of its own."));
        } else if (other != null && !(placed.ofSubscriber() && other.ofSubscriber()) && !other.agrees(placed.quota)) {
            problems.add(new Problem(
                    at,
                    "Quota '" + name + "' is another one of " + other.holder
                            + "; quotas of one name share what was used and must be alike in all but cost."));
        }
    }

    private void plans(String name, Consumer consumer) {
        var planOf = new HashMap<String, String>();
        for (int i = 0; i < consumer.plans().size(); i++) {
            var called = consumer.plans().get(i);
            var plan = plans.get(called);
            for (var quota : plan == null ? List.<Quota>of() : plan.quotas()) {
                var other = planOf.putIfAbsent(quota.name(), called);
                if (other != null) {
                    problems.add(new Problem(
                            "consumers." + name + ".plans[" + i + "]",
                            "Plans '" + other + "' and '" + called + "' both have a quota '" + quota.name()
                                    + "'; a consumer can subscribe to one of them."));
                }
            }
        }
    }

    private void consumer(String name, Consumer consumer) {
        plans(name, consumer);
        for (int i = 0; i < consumer.bonuses().size(); i++) {
            var bonus = consumer.bonuses().get(i);
            var placed = first.get(bonus.quota());
            if (placed == null || placed.quota.per() == Quota.Per.ALL) {
                problems.add(new Problem(
                        "consumers." + name + ".bonuses[" + i + "].quota",
                        "There is no quota '" + bonus.quota() + "' that counts per consumer or key."));
            }
        }
    }
}
