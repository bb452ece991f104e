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
import dev.gatehouse.node.quota.Quotas;
import dev.gatehouse.node.quota.Subscriptions;
import dev.gatehouse.node.quota.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Holds requests to the quotas of the route and of the caller's plans: all or none of them count it. What the gateway
 * refuses later, before a service has seen it, is given back.
 */
final class QuotaGate implements Filter {

    private final String route;
    private final List<Quota> quotas;
    private final Quotas meters;

    QuotaGate(String route, List<Quota> quotas, Quotas meters) {
        this.route = route;
        this.quotas = List.copyOf(quotas);
        this.meters = meters;
    }

    /** A quota that has counted this request. */
    private record Counted(Quota quota, String name, Verdict.Admitted verdict) {}

    @Override
    public Response filter(Exchange exchange, Handler next) {
        var caller = exchange.caller();
        var plans = caller == null
                ? List.<Subscriptions.Due>of()
                : meters.subscriptions().of(caller.consumer());
        if (quotas.isEmpty() && plans.isEmpty()) {
            return next.handle(exchange);
        }
        var counted = new ArrayList<Counted>(quotas.size() + plans.size());
        for (var each : quotas) {
            var quota = each.anniversary() && caller != null
                    ? each.forOne(meters.subscriptions().since(caller.consumer()))
                    : each;
            var refused = count(quota, quota.nameOn(route), quota.cost().units(), exchange, counted);
            if (refused != null) {
                return refused;
            }
        }
        for (var due : plans) {
            var refused =
                    due.on(route) ? count(due.quota(), due.quota().name(), due.units(route), exchange, counted) : null;
            if (refused != null) {
                return refused;
            }
        }
        return tell(go(exchange, next, counted), counted);
    }

    /** @return the refusal; null when the request may go on */
    private @Nullable Response count(Quota quota, String name, long units, Exchange exchange, List<Counted> counted) {
        var caller = exchange.caller();
        var subject = subject(quota, caller);
        if (subject == null) {
            return null;
        }
        long bonus = caller == null || quota.per() == Quota.Per.ALL
                ? 0
                : meters.subscriptions().bonus(caller.consumer(), name);
        long cost = Metering.before(quota.cost(), units, exchange);
        return switch (meters.decide(quota, name, subject, bonus, cost)) {
            case Verdict.Admitted admitted -> {
                counted.add(new Counted(quota, name, admitted));
                yield null;
            }
            case Verdict.Exhausted exhausted -> {
                giveBack(counted);
                yield refusal(quota, name, exhausted);
            }
            case Verdict.Unknown _ -> {
                giveBack(counted);
                yield Rejection.of(
                                Refusal.QUOTA_UNAVAILABLE,
                                "Quota '" + name + "' cannot be checked now, and admits nothing until it can.")
                        .by("quota")
                        .with("Retry-After", "1")
                        .toResponse();
            }
        };
    }

    /** Null where nobody is known. */
    private static @Nullable String subject(Quota quota, @Nullable Caller caller) {
        return switch (quota.per()) {
            case ALL -> "all";
            case CONSUMER -> caller == null ? null : "consumer:" + caller.consumer();
            case KEY -> caller == null ? null : "key:" + caller.origin();
        };
    }

    private static Response refusal(Quota quota, String name, Verdict.Exhausted exhausted) {
        var period = quota.every() == Every.CUSTOM
                ? Spans.write(quota.length())
                : quota.every().toString();
        long wait = Math.ceilDiv(exhausted.waitMillis(), 1_000L);
        var rejection = Rejection.of(
                        Refusal.QUOTA_EXHAUSTED,
                        "Quota '" + name + "' admits " + exhausted.allowed() + " "
                                + quota.cost().unit() + " per " + period + " and " + quota.per()
                                + ", all of it is used. Try again in " + wait + " s.")
                .by("quota")
                .violating(new Violation(List.of(name), wait, quota.told().documentation()))
                .with("Retry-After", Long.toString(wait))
                .toResponse();
        RateFields.tell(rejection.headers(), quota, name, 0, exhausted.resetMillis());
        return rejection;
    }

    private Response go(Exchange exchange, Handler next, List<Counted> counted) {
        boolean served = false;
        try {
            var metering = metering(counted, exchange);
            var response = next.handle(exchange);
            var rejection = response.rejection();
            served = rejection == null || reached(rejection.refusal());
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
                .filter(one -> Metering.isLater(one.quota.cost(), exchange))
                .map(one -> new Metering.Due(
                        one.quota.cost(), one.verdict.cost(), more -> meters.charge(one.verdict, more)))
                .toList();
        return dues.isEmpty() ? null : Metering.of(dues, exchange);
    }

    /** May a service have seen the request that ended so? */
    private static boolean reached(Refusal refusal) {
        return refusal == Refusal.UPSTREAM_TIMEOUT || refusal == Refusal.UPSTREAM_BROKEN;
    }

    private void giveBack(List<Counted> counted) {
        counted.forEach(one -> meters.giveBack(one.verdict));
    }

    private static Response tell(Response response, List<Counted> counted) {
        for (var one : counted) {
            RateFields.tell(response.headers(), one.quota, one.name, one.verdict.left(), one.verdict.resetMillis());
        }
        return response;
    }
}
