package dev.gatehouse.db.model;

import dev.gatehouse.db.policy.Cost;
import dev.gatehouse.db.policy.Quota;
import dev.gatehouse.db.policy.Told;
import dev.gatehouse.db.settings.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The rules between quotas of routes and plans, and consumers with a bonus. What was used is kept under a quota's name. */
final class QuotaRules {

    private final Map<String, Placed> first = new HashMap<>();
    private final List<Problem> problems = new ArrayList<>();

    private QuotaRules() {}

    private record Placed(String holder, Quota quota) {

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
        var rules = new QuotaRules();
        snapshot.routes().forEach((name, route) -> {
            for (int i = 0; i < route.policies().size(); i++) {
                if (route.policies().get(i) instanceof Quota quota) {
                    rules.place(
                            "routes." + name + ".policies[" + i + "].quota.name",
                            "route '" + name + "'",
                            quota.nameOn(name),
                            quota);
                }
            }
        });
        snapshot.plans().forEach((name, plan) -> {
            for (int i = 0; i < plan.quotas().size(); i++) {
                var quota = plan.quotas().get(i);
                rules.place("plans." + name + ".quotas[" + i + "].name", "plan '" + name + "'", quota.name(), quota);
            }
        });
        snapshot.consumers().forEach(rules::consumer);
        return rules.problems;
    }

    /** A plan's quota may have another amount in another plan: a consumer who changes plans keeps what was used. */
    private void place(String at, String holder, String name, Quota quota) {
        var other = first.putIfAbsent(name, new Placed(holder, quota));
        boolean plans = holder.startsWith("plan") && other != null && other.holder.startsWith("plan");
        if (other != null && !plans && !other.agrees(quota)) {
            problems.add(new Problem(
                    at,
                    "Quota '" + name + "' is another one of " + other.holder
                            + "; quotas of one name share what was used and must be alike in all but cost."));
        }
    }

    private void consumer(String name, Consumer consumer) {
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
