package dev.gatehouse.node.filter;

import dev.gatehouse.db.live.LimitCounter;
import dev.gatehouse.db.policy.Cost;
import dev.gatehouse.db.policy.RateLimit;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.filter.Subscriptions.Subscription;
import dev.gatehouse.node.filter.Subscriptions.Version;
import dev.gatehouse.node.limit.Demand;
import dev.gatehouse.node.limit.Limiter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Which rate limits a request on one route meets: those of the route, and those of its caller's plans. */
final class RouteRates {

    private static final int CALLERS = 10_000;

    private final String route;
    private final List<RateLimit> own;
    private final Subscriptions subscriptions;
    private final Limiter limiter;
    private final Map<Who, Rates> known = new ConcurrentHashMap<>();

    RouteRates(String route, List<RateLimit> own, Subscriptions subscriptions, Limiter limiter) {
        this.route = route;
        this.own = own;
        this.subscriptions = subscriptions;
        this.limiter = limiter;
    }

    /** What of a caller decides; claims are left out, as long as none counts per one. */
    private record Who(String consumer, String origin) {}

    /** A limit that a request meets, with the numbers that hold for its caller. */
    record Rate(RateLimit limit, String name, Demand demand) {}

    /**
     * All that a request meets.
     *
     * @param enforced decided together
     * @param demands of those
     * @param policies how they are told
     * @param observed decided each for itself
     * @param tooMuch one of the enforced that never has room for so many bytes; null where there is none
     * @param version what it follows from
     * @param until when an override ends; {@link Instant#MAX} for never
     */
    record Rates(
            List<Rate> enforced,
            List<Demand> demands,
            String policies,
            List<Rate> observed,
            @Nullable Rate tooMuch,
            Version version,
            Instant until) {

        /** Of most requests, hence found without asking who calls in detail. */
        static final Rates NONE =
                new Rates(List.of(), List.of(), "", List.of(), null, new Version(Map.of()), Instant.MAX);

        private boolean holds(Version live, Limiter limiter) {
            return version.equals(live)
                    && (until.equals(Instant.MAX) || limiter.now().isBefore(until));
        }
    }

    Rates of(Exchange exchange) {
        var live = subscriptions.live();
        var caller = exchange.caller();
        if (own.isEmpty() && live.of(caller).plans().isEmpty()) {
            return Rates.NONE;
        }
        var who = caller == null ? null : new Who(caller.consumer(), caller.origin());
        var found = who == null ? null : known.get(who);
        if (found != null && found.holds(live, limiter)) {
            return found;
        }
        var made = new Making(exchange, live).rates();
        if (who != null && made.lasting) {
            if (known.size() >= CALLERS) {
                known.clear();
            }
            known.put(who, made.rates);
        }
        return made.rates;
    }

    private record Made(Rates rates, boolean lasting) {}

    /** One request's. */
    private final class Making {

        private final Exchange exchange;
        private final Version live;
        private final Subscription subscription;
        private final List<Rate> enforced = new ArrayList<>();
        private final List<Rate> observed = new ArrayList<>();
        private Instant until = Instant.MAX;
        private boolean lasting = true;

        Making(Exchange exchange, Version live) {
            this.exchange = exchange;
            this.live = live;
            this.subscription = live.of(exchange.caller());
        }

        Made rates() {
            own.forEach(limit -> add(limit, limit.nameOn(route), limit.cost().units()));
            for (var plan : subscription.plans()) {
                if (plan.on(route)) {
                    plan.limits()
                            .forEach(limit -> add(
                                    limit,
                                    limit.name(),
                                    plan.costOn(route).orElse(limit.cost().units())));
                }
            }
            var demands = enforced.stream().map(Rate::demand).toList();
            var policies = RateFields.policies(enforced);
            return new Made(
                    new Rates(List.copyOf(enforced), demands, policies, List.copyOf(observed), tooMuch(), live, until),
                    lasting);
        }

        private @Nullable Rate tooMuch() {
            return enforced.stream()
                    .filter(rate -> rate.limit().cost().bytes())
                    .filter(rate ->
                            rate.demand().cost() > rate.demand().counter().most())
                    .findFirst()
                    .orElse(null);
        }

        private void add(RateLimit limit, String name, long units) {
            var numbers = overridden(limit, name);
            lasting &= Subjects.follow(limit, exchange.caller()) && limit.cost().by() != Cost.By.REQUEST_BYTES;
            for (var subject : Subjects.of(limit, exchange, subscription.groups())) {
                var counter = new LimitCounter(name, subject, numbers.requests(), numbers.window(), numbers.burst());
                var demand = new Demand(
                        counter, Metering.before(limit.cost(), units, exchange), limit.mode(), limit.withoutRedis());
                (limit.observe() ? observed : enforced).add(new Rate(numbers, name, demand));
            }
        }

        private RateLimit overridden(RateLimit limit, String name) {
            var override = limit.per().ofOneConsumer() ? subscription.override(name, limiter.now()) : null;
            if (override == null) {
                return limit;
            }
            override.end().filter(until::isAfter).ifPresent(end -> until = end);
            return override.of(limit);
        }
    }
}
