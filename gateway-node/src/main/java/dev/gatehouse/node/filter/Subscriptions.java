package dev.gatehouse.node.filter;

import dev.gatehouse.db.model.Consumer;
import dev.gatehouse.db.model.LimitOverride;
import dev.gatehouse.db.model.Plan;
import dev.gatehouse.db.model.Snapshot;
import dev.gatehouse.node.exchange.Caller;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Which plans, groups and overrides each consumer has: beside the routes, which stay as they are when one is changed. */
public final class Subscriptions {

    /** Of one consumer. */
    record Subscription(List<Plan> plans, List<LimitOverride> overrides, List<String> groups) {

        static final Subscription NONE = new Subscription(List.of(), List.of(), List.of());

        /** The one that holds then for that limit, if any. */
        @Nullable
        LimitOverride override(String limit, Instant now) {
            return overrides.isEmpty()
                    ? null
                    : LimitOverride.holding(overrides, limit, now).orElse(null);
        }
    }

    /** All of one snapshot; another one is another object. */
    record Version(Map<String, Subscription> byConsumer) {

        Subscription of(@Nullable Caller caller) {
            return caller == null ? Subscription.NONE : byConsumer.getOrDefault(caller.consumer(), Subscription.NONE);
        }

        /** Only the very same one is equal. */
        @Override
        public boolean equals(@Nullable Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }

    private volatile Version live = new Version(Map.of());

    /** From now on requests meet these. */
    public void take(Snapshot snapshot) {
        var byConsumer = new HashMap<String, Subscription>();
        var alike = new HashMap<Subscription, Subscription>();
        snapshot.consumers().forEach((name, consumer) -> {
            var one = of(consumer, snapshot);
            if (!one.equals(Subscription.NONE)) {
                byConsumer.put(name, alike.computeIfAbsent(one, same -> same));
            }
        });
        live = new Version(byConsumer);
    }

    private static Subscription of(Consumer consumer, Snapshot snapshot) {
        return new Subscription(
                consumer.plans().stream()
                        .map(snapshot.plans()::get)
                        .filter(Objects::nonNull)
                        .toList(),
                consumer.overrides(),
                consumer.groups());
    }

    Version live() {
        return live;
    }
}
