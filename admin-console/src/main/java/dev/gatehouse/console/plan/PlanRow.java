package dev.gatehouse.console.plan;

import dev.gatehouse.console.entity.Impact;
import dev.gatehouse.console.entity.Thing;
import dev.gatehouse.console.live.Figures;
import dev.gatehouse.db.model.Kind;
import dev.gatehouse.db.model.Plan;
import dev.gatehouse.db.policy.Quota;
import dev.gatehouse.db.quota.Every;
import dev.gatehouse.db.settings.Spans;
import dev.gatehouse.db.store.ConfigurationReader.Loaded;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One plan.
 *
 * @param subscribers names of consumers
 */
record PlanRow(String name, Plan entity, long revision, List<String> subscribers) implements Thing {

    static List<PlanRow> of(Loaded loaded) {
        var snapshot = loaded.snapshot();
        return snapshot.plans().entrySet().stream()
                .map(plan -> new PlanRow(
                        plan.getKey(),
                        plan.getValue(),
                        loaded.revisionOf(Kind.PLAN, plan.getKey()),
                        snapshot.consumers().entrySet().stream()
                                .filter(consumer -> consumer.getValue().plans().contains(plan.getKey()))
                                .map(Map.Entry::getKey)
                                .toList()))
                .toList();
    }

    /** Quotas, too. */
    String limits() {
        return Stream.of(
                        entity.limits().stream()
                                .map(limit -> Figures.count(limit.requests()) + "/" + Spans.write(limit.window())),
                        entity.concurrency().stream().map(limit -> Figures.count(limit.requests()) + " at once"),
                        entity.quotas().stream().map(quota -> Figures.count(quota.amount()) + "/" + every(quota)))
                .flatMap(Function.identity())
                .collect(Collectors.joining(" · "));
    }

    private static String every(Quota quota) {
        return quota.every() == Every.CUSTOM
                ? Spans.write(quota.length())
                : quota.every().toString();
    }

    String where() {
        return switch (entity.routes().size()) {
            case 0 -> "every route";
            case 1 -> entity.routes().getFirst();
            default -> entity.routes().size() + " routes";
        };
    }

    String subscribed() {
        return switch (subscribers.size()) {
            case 0 -> "nobody";
            case 1 -> subscribers.getFirst();
            default -> Figures.count(subscribers.size()) + " consumers";
        };
    }

    Impact impact() {
        return Impact.of(
                "consumers",
                subscribers,
                "Nobody subscribes to it, so no request is affected.",
                "These consumers subscribe to it. Change them first:");
    }
}
