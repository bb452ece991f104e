package dev.gatehouse.node.quota;

import dev.gatehouse.db.model.Plan;
import dev.gatehouse.db.model.QuotaGrant;
import dev.gatehouse.db.model.Snapshot;
import dev.gatehouse.db.policy.Quota;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which quotas of plans hold for whom, and who has a bonus: of the configuration that is served. */
public final class Subscriptions {

    private final InstantSource clock;
    private volatile Map<String, Held> byConsumer = Map.of();

    Subscriptions(InstantSource clock) {
        this.clock = clock;
    }

    /** A quota of a plan that a consumer subscribes to. */
    public record Due(Quota quota, Plan plan) {

        public boolean on(String route) {
            return plan.on(route);
        }

        /** What one request on that route takes, where it is known before. */
        public long units(String route) {
            return plan.costOn(route).orElse(quota.cost().units());
        }
    }

    private record Held(List<Due> quotas, List<QuotaGrant> bonuses, String since) {}

    /** From here on that is the configuration. */
    public void take(Snapshot snapshot) {
        var next = new HashMap<String, Held>();
        snapshot.consumers().forEach((name, consumer) -> {
            var quotas = consumer.plans().stream()
                    .flatMap(plan -> Optional.ofNullable(snapshot.plans().get(plan)).stream())
                    .flatMap(plan -> plan.quotas().stream().map(quota -> new Due(quota.forOne(consumer.since()), plan)))
                    .toList();
            if (!quotas.isEmpty()
                    || !consumer.bonuses().isEmpty()
                    || !consumer.since().isEmpty()) {
                next.put(name, new Held(quotas, consumer.bonuses(), consumer.since()));
            }
        });
        byConsumer = Map.copyOf(next);
    }

    /** Does anybody have a quota by plan? */
    public List<Due> of(String consumer) {
        var held = byConsumer.get(consumer);
        return held == null ? List.of() : held.quotas;
    }

    /** Since when it is a consumer; empty where that is not known. */
    public String since(String consumer) {
        var held = byConsumer.get(consumer);
        return held == null ? "" : held.since;
    }

    /** What the consumer may use beyond that quota's amount now. */
    public long bonus(String consumer, String quota) {
        var held = byConsumer.get(consumer);
        if (held == null || held.bonuses.isEmpty()) {
            return 0;
        }
        var now = clock.instant();
        long sum = 0;
        for (var bonus : held.bonuses) {
            if (bonus.quota().equals(quota) && bonus.holds(now)) {
                sum += bonus.amount();
            }
        }
        return sum;
    }
}
