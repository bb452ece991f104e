package dev.gatehouse.console.limit;

import dev.gatehouse.db.live.LimitCounter;
import dev.gatehouse.db.model.Consumer;
import dev.gatehouse.db.model.LimitOverride;
import dev.gatehouse.db.model.Snapshot;
import dev.gatehouse.db.policy.ConcurrencyLimit;
import dev.gatehouse.db.policy.RateLimit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** The limits that one consumer meets and that count for it alone. */
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

    /** A limit of requests at once that a consumer meets, with the number that holds now. */
    record AtOnce(String name, String from, long requests, LimitCounter counter) {}

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

    /** By name, those of requests at once. */
    static List<AtOnce> atOnce(String consumer, Snapshot snapshot, Instant now) {
        var settings = snapshot.consumers().get(consumer);
        if (settings == null) {
            return List.of();
        }
        var limits = new ConsumerLimits(consumer, settings, now);
        var met = new TreeMap<String, AtOnce>();
        for (var called : settings.plans()) {
            var plan = snapshot.plans().get(called);
            if (plan != null) {
                plan.concurrency()
                        .forEach(limit -> limits.atOnce(limit, limit.name(), "plan " + called)
                                .ifPresent(one -> met.put(one.name, one)));
            }
        }
        snapshot.routes()
                .forEach((route, thing) -> thing.policies().forEach(policy -> {
                    if (policy instanceof ConcurrencyLimit limit) {
                        limits.atOnce(limit, limit.nameOn(route), "route " + route)
                                .ifPresent(one -> met.putIfAbsent(one.name, one));
                    }
                }));
        return new ArrayList<>(met.values());
    }

    private Optional<AtOnce> atOnce(ConcurrencyLimit limit, String name, String from) {
        if (limit.per() != RateLimit.Per.CONSUMER) {
            return Optional.empty();
        }
        long requests = override(name).map(LimitOverride::requests).orElseGet(limit::requests);
        var counter = new LimitCounter(name, "consumer:" + consumer, requests, Duration.ZERO, 0);
        return Optional.of(new AtOnce(name, from, requests, counter));
    }

    private Optional<LimitOverride> override(String name) {
        return LimitOverride.holding(settings.overrides(), name, now);
    }

    private Optional<Met> met(RateLimit limit, String name, String from) {
        if (limit.per() != RateLimit.Per.CONSUMER) {
            return Optional.empty();
        }
        var override = override(name);
        var numbers = override.map(one -> one.of(limit)).orElse(limit);
        return Optional.of(new Met(
                name,
                from,
                numbers,
                override,
                new LimitCounter(name, "consumer:" + consumer, numbers.requests(), numbers.window(), numbers.burst())));
    }
}
