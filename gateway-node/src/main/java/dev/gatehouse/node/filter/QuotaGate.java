package dev.gatehouse.node.filter;

import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.db.policy.Cost;
import dev.gatehouse.db.policy.Quota;
import dev.gatehouse.db.quota.Every;
import dev.gatehouse.db.settings.Spans;
import dev.gatehouse.node.exchange.Caller;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Filter;
import dev.gatehouse.node.exchange.Handler;
import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.exchange.Rejection;
import dev.gatehouse.node.exchange.Response;
import dev.gatehouse.node.exchange.Violation;
import dev.gatehouse.node.quota.Quotas;
import dev.gatehouse.node.quota.Subscriptions;
import dev.gatehouse.node.quota.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Holds requests to the quotas of the route and of the caller's plans: all or none of them count it. What the gateway
 * refuses later, before a service has seen it, is given back.
 */
final class QuotaGate implements Filter {

    private static final Pattern WHOLE = Pattern.compile("[0-9]{1,12}");

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
        for (var quota : quotas) {
            var refused = count(quota, quota.nameOn(route), quota.cost().units(), caller, counted);
            if (refused != null) {
                return refused;
            }
        }
        for (var due : plans) {
            var refused =
                    due.on(route) ? count(due.quota(), due.quota().name(), due.units(route), caller, counted) : null;
            if (refused != null) {
                return refused;
            }
        }
        return tell(go(exchange, next, counted), counted);
    }

    /** @return the refusal; null when the request may go on */
    private @Nullable Response count(
            Quota quota, String name, long cost, @Nullable Caller caller, List<Counted> counted) {
        var subject = subject(quota, caller);
        if (subject == null) {
            return null;
        }
        long bonus = caller == null || quota.per() == Quota.Per.ALL
                ? 0
                : meters.subscriptions().bonus(caller.consumer(), name);
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
            case KEY -> caller == null ? null : "key:" + caller.keyId();
        };
    }

    private static Response refusal(Quota quota, String name, Verdict.Exhausted exhausted) {
        var period = quota.every() == Every.CUSTOM
                ? Spans.write(quota.length())
                : quota.every().toString();
        long wait = Math.ceilDiv(exhausted.waitMillis(), 1_000L);
        var rejection = Rejection.of(
                        Refusal.QUOTA_EXHAUSTED,
                        "Quota '" + name + "' admits " + exhausted.allowed() + " per " + period + " and " + quota.per()
                                + ", all of it is used. Try again in " + wait + " s.")
                .by("quota")
                .violating(new Violation(List.of(name), wait, quota.told().documentation()))
                .with("Retry-After", Long.toString(wait))
                .toResponse();
        tell(rejection.headers(), quota, name, 0, exhausted.resetMillis());
        return rejection;
    }

    private Response go(Exchange exchange, Handler next, List<Counted> counted) {
        boolean served = false;
        try {
            var response = next.handle(exchange);
            var rejection = response.rejection();
            served = rejection == null || reached(rejection.refusal());
            if (rejection == null) {
                counted.forEach(one -> charge(one, response));
            }
            return response;
        } finally {
            if (!served) {
                giveBack(counted);
            }
        }
    }

    /** The rest of what it cost, where only the service can say. */
    private void charge(Counted one, Response response) {
        var cost = one.quota.cost();
        if (cost.by() == Cost.By.RESPONSE_HEADER) {
            response.headers()
                    .first(cost.header())
                    .filter(said -> WHOLE.matcher(said).matches())
                    .ifPresent(said -> meters.charge(one.verdict, Long.parseLong(said) - one.verdict.cost()));
        }
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
            tell(response.headers(), one.quota, one.name, one.verdict.left(), one.verdict.resetMillis());
        }
        return response;
    }

    private static void tell(Headers headers, Quota quota, String name, long left, long resetMillis) {
        headers.add("RateLimit-Policy", "\"" + name + "\";q=" + quota.amount());
        headers.add("RateLimit", "\"" + name + "\";r=" + left + ";t=" + seconds(resetMillis));
        if (quota.told().legacyFields() && headers.first("X-RateLimit-Limit").isEmpty()) {
            headers.add("X-RateLimit-Limit", Long.toString(quota.amount()));
            headers.add("X-RateLimit-Remaining", Long.toString(left));
            headers.add("X-RateLimit-Reset", seconds(resetMillis));
        }
    }

    /** Whole seconds, never too few. */
    private static String seconds(long millis) {
        return Long.toString(Math.ceilDiv(millis, 1_000L));
    }
}
