package dev.gatehouse.console.limit;

import dev.gatehouse.db.live.LimitCounter;
import dev.gatehouse.db.model.Consumer;
import dev.gatehouse.db.model.LimitOverride;
import dev.gatehouse.db.model.Snapshot;
import dev.gatehouse.db.policy.RateLimit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** The rate limits that one consumer meets and that count for it alone. */
final class ConsumerLimits {

    private final String consumer;
    private final Consumer settings;
    private final Instant now;

    /**
     * A limit that a consumer meets.
     *
     * @param from where it is configured, such as {@code plan gold}
     * @param limit with the numbers that hold now
     * @param override that makes them so
     */
    record Met(String name, String from, RateLimit limit, Optional<LimitOverride> override, LimitCounter counter) {}

    private ConsumerLimits(String consumer, Consumer settings, Instant now) {
        this.consumer = consumer;
        this.settings = settings;
        this.now = now;
    }

    /** By name; those of plans, and those of every route that counts per consumer. */
    static List<Met> of(String consumer, Snapshot snapshot, Instant now) {
        var settings = snapshot.consumers().get(consumer);
        if (settings == null) {
            return List.of();
        }
        var limits = new ConsumerLimits(consumer, settings, now);
        var met = new TreeMap<String, Met>();
        for (var called : settings.plans()) {
            var plan = snapshot.plans().get(called);
            if (plan != null) {
                plan.limits()
                        .forEach(limit -> limits.met(limit, limit.name(), "plan " + called)
                                .ifPresent(one -> met.put(one.name, one)));
            }
        }
        snapshot.routes()
                .forEach((route, thing) -> thing.policies().forEach(policy -> {
                    if (policy instanceof RateLimit limit) {
                        limits.met(limit, limit.nameOn(route), "route " + route)
                                .ifPresent(one -> met.putIfAbsent(one.name, one));
                    }
                }));
        return new ArrayList<>(met.values());
    }

    private Optional<Met> met(RateLimit limit, String name, String from) {
        if (limit.per() != RateLimit.Per.CONSUMER) {
            return Optional.empty();
        }
        var override = settings.overrides().stream()
                .filter(one -> one.limit().equals(name) && one.holds(now))
                .findFirst();
        var numbers = override.map(one -> one.of(limit)).orElse(limit);
        return Optional.of(new Met(
                name,
                from,
                numbers,
                override,
                new LimitCounter(name, "consumer:" + consumer, numbers.requests(), numbers.window(), numbers.burst())));
    }
}
