package dev.gatehouse.node.filter;

import dev.gatehouse.db.live.LimitCounter;
import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.db.policy.ConcurrencyLimit;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Filter;
import dev.gatehouse.node.exchange.Handler;
import dev.gatehouse.node.exchange.Rejection;
import dev.gatehouse.node.exchange.Response;
import dev.gatehouse.node.exchange.Violation;
import dev.gatehouse.node.filter.Subscriptions.Subscription;
import dev.gatehouse.node.limit.Limiter;
import dev.gatehouse.node.limit.Sightings;
import dev.gatehouse.node.limit.Slots;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Holds a slot of each concurrency limit, of the route and of the caller's plans, from here until the answer is sent. */
final class ConcurrencyLimiting implements Filter {

    private static final String POLICY = "concurrency-limit";

    private final String route;
    private final List<ConcurrencyLimit> own;
    private final Subscriptions subscriptions;
    private final Slots slots;
    private final Limiter limiter;
    private final Sightings sightings;

    ConcurrencyLimiting(String route, List<ConcurrencyLimit> own, Subscriptions subscriptions, Limiter limiter) {
        this.route = route;
        this.own = own;
        this.subscriptions = subscriptions;
        this.slots = limiter.slots();
        this.limiter = limiter;
        this.sightings = limiter.sightings();
    }

    @Override
    public Response filter(Exchange exchange, Handler next) {
        var subscription = subscriptions.live().of(exchange.caller());
        var limits = limits(subscription);
        if (limits.isEmpty()) {
            return next.handle(exchange);
        }
        var taken = new Taken();
        boolean done = false;
        try {
            for (var limit : limits) {
                for (var subject : Subjects.of(limit, exchange, subscription.groups())) {
                    var counter = new LimitCounter(limit.nameOn(route), subject, limit.requests(), Duration.ZERO, 0);
                    var refused = take(limit, counter, taken);
                    if (refused != null) {
                        return refused;
                    }
                }
            }
            var response = next.handle(exchange).whenClosed(taken::release);
            done = true;
            return response;
        } finally {
            if (!done) {
                taken.release();
            }
        }
    }

    private List<ConcurrencyLimit> limits(Subscription subscription) {
        if (subscription.plans().isEmpty() && subscription.overrides().isEmpty()) {
            return own;
        }
        var limits = new ArrayList<ConcurrencyLimit>();
        own.forEach(limit -> limits.add(overridden(limit, subscription)));
        for (var plan : subscription.plans()) {
            if (plan.on(route)) {
                plan.concurrency().forEach(limit -> limits.add(overridden(limit, subscription)));
            }
        }
        return limits;
    }

    private ConcurrencyLimit overridden(ConcurrencyLimit limit, Subscription subscription) {
        var override = limit.per().ofOneConsumer() ? subscription.override(limit.nameOn(route), limiter.now()) : null;
        return override == null ? limit : limit.with(override.requests());
    }

    private static Response refusal(ConcurrencyLimit limit, String name) {
        var response = Rejection.of(
                        Refusal.TOO_MANY_AT_ONCE,
                        "Limit '" + name + "' admits " + limit.requests() + " requests at once per " + limit.per()
                                + ". Try again when one is done.")
                .by(POLICY)
                .violating(new Violation(List.of(name), 1, limit.told().documentation()))
                .with("Retry-After", "1")
                .toResponse();
        RateFields.tell(response.headers(), limit, name);
        return response;
    }

    /** @return why it may not go on; null where it may */
    private @Nullable Response take(ConcurrencyLimit limit, LimitCounter counter, Taken taken) {
        return switch (slots.take(counter, limit.withoutRedis())) {
            case TAKEN -> {
                taken.counters.add(counter);
                yield null;
            }
            case REFUSED -> {
                if (limit.observe()) {
                    sightings.wouldRefuse(counter.name(), counter.subject());
                    yield null;
                }
                sightings.refused(counter.name(), counter.subject());
                yield refusal(limit, counter.name());
            }
            case UNKNOWN ->
                limit.observe()
                        ? null
                        : Rejection.of(
                                        Refusal.LIMITER_UNAVAILABLE,
                                        "Limit '" + counter.name()
                                                + "' cannot be checked now, and admits nothing until it can.")
                                .by(POLICY)
                                .with("Retry-After", "1")
                                .toResponse();
        };
    }

    /** The slots of one request, given back once. */
    private final class Taken {

        private final List<LimitCounter> counters = new ArrayList<>();
        private final AtomicBoolean released = new AtomicBoolean();

        void release() {
            if (released.compareAndSet(false, true)) {
                counters.forEach(slots::release);
            }
        }
    }
}
