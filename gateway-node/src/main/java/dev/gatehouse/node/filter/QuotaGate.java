package dev.gatehouse.node.filter;

import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.db.policy.Quota;
import dev.gatehouse.db.quota.Every;
import dev.gatehouse.db.settings.Spans;
import dev.gatehouse.node.exchange.Caller;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Filter;
import dev.gatehouse.node.exchange.Handler;
import dev.gatehouse.node.exchange.Rejection;
import dev.gatehouse.node.exchange.Response;
import dev.gatehouse.node.exchange.Violation;
import dev.gatehouse.node.limit.Sightings;
import dev.gatehouse.node.quota.Quotas;
import dev.gatehouse.node.quota.Subscriptions;
import dev.gatehouse.node.quota.Verdict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Holds requests to the quotas of the route and of the caller's plans: all or none of them count it. What the gateway
 * refuses later, before a service has seen it, is given back.
 */
final class QuotaGate implements Filter {

    static final String POLICY = "quota";

    private final String route;
    private final List<Quota> quotas;
    private final Quotas meters;
    private final Sightings sightings;

    QuotaGate(String route, List<Quota> quotas, Quotas meters, Sightings sightings) {
        this.route = route;
        this.quotas = List.copyOf(quotas);
        this.meters = meters;
        this.sightings = sightings;
    }

    /** A quota that a request meets, and what it takes of it. */
    private record Met(Quota quota, String name, String subject, long bonus, long cost) {

        /** Are there never so many bytes, however little is used? */
        boolean tooMuch() {
            return quota.refuses() && quota.cost().bytes() && cost > quota.most() + bonus;
        }
    }

    /** One that has counted the request. */
    private record Counted(Met met, Verdict.Admitted verdict) {}

    /** One of which nothing is left. */
    private record Refused(Met met, Verdict.Exhausted verdict) {}

    @Override
    public Response filter(Exchange exchange, Handler next) {
        var caller = exchange.caller();
        var plans = caller == null
                ? List.<Subscriptions.Due>of()
                : meters.subscriptions().of(caller.consumer());
        if (quotas.isEmpty() && plans.isEmpty()) {
            return next.handle(exchange);
        }
        var all = met(exchange, plans);
        var counted = new ArrayList<Counted>(all.size());
        for (var met : all) {
            var refused = count(met, all, counted);
            if (refused != null) {
                giveBack(counted);
                return refused;
            }
        }
        return tell(go(exchange, next, counted), counted);
    }

    /** @return the refusal; null when the request may go on */
    private @Nullable Response count(Met met, List<Met> all, List<Counted> counted) {
        if (met.tooMuch()) {
            return Metering.tooMuch(POLICY, admits(met, met.quota.most() + met.bonus), met.cost);
        }
        return switch (meters.decide(met.quota, met.name, met.subject, met.bonus, met.cost)) {
            case Verdict.Admitted admitted -> {
                counted.add(new Counted(met, admitted));
                yield null;
            }
            case Verdict.Exhausted exhausted -> refuse(new Refused(met, exhausted), all);
            case Verdict.Unknown _ ->
                Rejection.of(
                                Refusal.QUOTA_UNAVAILABLE,
                                "Quota '" + met.name + "' cannot be checked now, and admits nothing until it can.")
                        .by(POLICY)
                        .with("Retry-After", "1")
                        .toResponse();
        };
    }

    private Quota forOne(Quota quota, @Nullable Caller caller) {
        return quota.anniversary() && caller != null
                ? quota.forOne(meters.subscriptions().since(caller.consumer()))
                : quota;
    }

    private long bonus(Quota quota, String name, @Nullable Caller caller) {
        return caller == null || quota.per() == Quota.Per.ALL
                ? 0
                : meters.subscriptions().bonus(caller.consumer(), name);
    }

    /** Null where nobody is known. */
    private static @Nullable String subject(Quota quota, @Nullable Caller caller) {
        return switch (quota.per()) {
            case ALL -> "all";
            case CONSUMER -> caller == null ? null : "consumer:" + caller.consumer();
            case KEY -> caller == null ? null : "key:" + caller.origin();
        };
    }

    /** All that a request meets: of its route, then of the caller's plans. */
    private List<Met> met(Exchange exchange, List<Subscriptions.Due> plans) {
        var caller = exchange.caller();
        var all = new ArrayList<Met>(quotas.size() + plans.size());
        for (var each : quotas) {
            meet(forOne(each, caller), each.nameOn(route), each.cost().units(), exchange, all);
        }
        for (var due : plans) {
            if (due.on(route)) {
                meet(due.quota(), due.quota().name(), due.units(route), exchange, all);
            }
        }
        return all;
    }

    private void meet(Quota quota, String name, long units, Exchange exchange, List<Met> all) {
        var caller = exchange.caller();
        var subject = subject(quota, caller);
        if (subject != null) {
            all.add(new Met(
                    quota, name, subject, bonus(quota, name, caller), Metering.before(quota.cost(), units, exchange)));
        }
    }

    /** Tells of all that are exhausted, as far as that is known without asking; it is worth another try when none is. */
    private Response refuse(Refused first, List<Met> met) {
        var all = new ArrayList<>(List.of(first));
        for (var other : met) {
            var known = other.name.equals(first.met.name)
                    ? null
                    : meters.exhausted(other.quota, other.name, other.subject, other.bonus, other.cost);
            if (known != null) {
                all.add(new Refused(other, known));
            }
        }
        all.forEach(one -> sightings.refused(one.met.name, one.met.subject));
        return refusal(Collections.max(all, Comparator.comparingLong(one -> one.verdict.waitMillis())), all);
    }

    private static Response refusal(Refused longest, List<Refused> all) {
        long wait = RateFields.seconds(longest.verdict.waitMillis());
        var rejection = Rejection.of(
                        Refusal.QUOTA_EXHAUSTED,
                        admits(longest.met, longest.verdict.allowed()) + ", all of it is used. Try again in " + wait
                                + " s.")
                .by(POLICY)
                .violating(new Violation(
                        all.stream().map(one -> one.met.name).toList(),
                        wait,
                        longest.met.quota.told().documentation()))
                .with("Retry-After", Long.toString(wait))
                .toResponse();
        for (var one : all) {
            RateFields.tell(rejection.headers(), one.met.quota, one.met.name, 0, one.verdict.resetMillis());
        }
        return rejection;
    }

    private static String admits(Met met, long amount) {
        var quota = met.quota;
        var period = quota.every() == Every.CUSTOM
                ? Spans.write(quota.length())
                : quota.every().toString();
        return "Quota '" + met.name + "' admits " + amount + " " + quota.cost().unit() + " per " + period + " and "
                + quota.per();
    }

    private Response go(Exchange exchange, Handler next, List<Counted> counted) {
        boolean served = false;
        try {
            var metering = metering(counted, exchange);
            var response = next.handle(exchange);
            var rejection = response.rejection();
            served = rejection == null || exchange.reached();
            return metering == null || rejection != null ? response : metering.of(response);
        } finally {
            if (!served) {
                giveBack(counted);
            }
        }
    }

    /** Null where all costs are known already. */
    private @Nullable Metering metering(List<Counted> counted, Exchange exchange) {
        var dues = counted.stream()
                .filter(one -> Metering.isLater(one.met.quota.cost(), exchange))
                .map(one -> new Metering.Due(
                        one.met.quota.cost(), one.verdict.cost(), more -> meters.charge(one.verdict, more)))
                .toList();
        return dues.isEmpty() ? null : Metering.of(dues, exchange);
    }

    private void giveBack(List<Counted> counted) {
        counted.forEach(one -> meters.giveBack(one.verdict));
    }

    private static Response tell(Response response, List<Counted> counted) {
        for (var one : counted) {
            RateFields.tell(
                    response.headers(), one.met.quota, one.met.name, one.verdict.left(), one.verdict.resetMillis());
        }
        return response;
    }
}
