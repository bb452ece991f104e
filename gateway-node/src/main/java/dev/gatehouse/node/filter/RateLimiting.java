package dev.gatehouse.node.filter;

import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Filter;
import dev.gatehouse.node.exchange.Handler;
import dev.gatehouse.node.exchange.Rejection;
import dev.gatehouse.node.exchange.Response;
import dev.gatehouse.node.exchange.Violation;
import dev.gatehouse.node.filter.RouteRates.Rate;
import dev.gatehouse.node.filter.RouteRates.Rates;
import dev.gatehouse.node.limit.Limiter;
import dev.gatehouse.node.limit.Sightings;
import dev.gatehouse.node.limit.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides on all rate limits of a request together: those of its route and those of its caller's plans. A request that is
 * refused, here or by another limit behind, takes nothing of any. Every answer says how much is left.
 */
final class RateLimiting implements Filter {

    private static final String POLICY = "rate-limit";

    private final RouteRates routeRates;
    private final Limiter limiter;
    private final Sightings sightings;

    RateLimiting(RouteRates routeRates, Limiter limiter) {
        this.routeRates = routeRates;
        this.limiter = limiter;
        this.sightings = limiter.sightings();
    }

    @Override
    public Response filter(Exchange exchange, Handler next) {
        var rates = routeRates.of(exchange);
        if (rates.enforced().isEmpty() && rates.observed().isEmpty()) {
            return next.handle(exchange);
        }
        var tooMuch = rates.tooMuch();
        if (tooMuch != null) {
            return Metering.tooMuch(
                    POLICY,
                    "Limit '" + tooMuch.name() + "' " + RateFields.words(tooMuch.limit()),
                    tooMuch.demand().cost());
        }
        var verdict = limiter.decide(rates.demands());
        if (!verdict.admitted()) {
            return refuse(rates, verdict);
        }
        var observed = observe(rates.observed());
        var metering = metering(rates, observed, exchange);
        var response = next.handle(exchange);
        var rejection = response.rejection();
        if (rejection != null && takesNothing(rejection)) {
            limiter.giveBack(rates.demands(), verdict);
            observed.forEach(one -> limiter.giveBack(List.of(one.rate.demand()), one.verdict));
        } else if (metering != null) {
            response = metering.of(response);
        }
        if (!rates.enforced().isEmpty()) {
            RateFields.tell(response.headers(), rates, verdict);
        }
        return response;
    }

    /** Is it another limit's, or a quota's, be it for a body that it never has room for? */
    private static boolean takesNothing(Rejection rejection) {
        return rejection.refusal().ofLimits() || QuotaGate.POLICY.equals(rejection.policy());
    }

    /** Null where all costs are known already. Asked for each request, hence no stream. */
    private @Nullable Metering metering(Rates rates, List<Observed> observed, Exchange exchange) {
        List<Metering.Due> dues = null;
        for (var rate : rates.enforced()) {
            dues = later(rate, exchange, dues);
        }
        for (var one : observed) {
            dues = later(one.rate, exchange, dues);
        }
        return dues == null ? null : Metering.of(dues, exchange);
    }

    private @Nullable List<Metering.Due> later(Rate rate, Exchange exchange, @Nullable List<Metering.Due> before) {
        if (!Metering.isLater(rate.limit().cost(), exchange)) {
            return before;
        }
        var dues = before == null ? new ArrayList<Metering.Due>() : before;
        var demand = rate.demand();
        dues.add(new Metering.Due(rate.limit().cost(), demand.cost(), more -> limiter.charge(demand, more)));
        return dues;
    }

    private record Observed(Rate rate, Verdict verdict) {}

    /** Counts for themselves those that refuse nothing, and where they would have let the request pass. */
    private List<Observed> observe(List<Rate> rates) {
        if (rates.isEmpty()) {
            return List.of();
        }
        var admitted = new ArrayList<Observed>(rates.size());
        for (var rate : rates) {
            var verdict = limiter.decide(List.of(rate.demand()));
            if (verdict.admitted()) {
                admitted.add(new Observed(rate, verdict));
            } else {
                sightings.wouldRefuse(rate.name(), rate.demand().counter().subject());
            }
        }
        return admitted;
    }

    private Response refuse(Rates all, Verdict verdict) {
        var rates = all.enforced();
        var violated = new ArrayList<String>();
        for (int i = 0; i < rates.size(); i++) {
            if (verdict.refuses(i)) {
                var name = rates.get(i).name();
                violated.add(name);
                sightings.refused(name, rates.get(i).demand().counter().subject());
            }
        }
        var rate = rates.get(verdict.refusing());
        if (verdict.unavailable()) {
            return Rejection.of(
                            Refusal.LIMITER_UNAVAILABLE,
                            "Limit '" + rate.name() + "' cannot be checked now, and admits nothing until it can.")
                    .by(POLICY)
                    .with("Retry-After", "1")
                    .toResponse();
        }
        long seconds = RateFields.seconds(verdict.reset(verdict.refusing()));
        var response = Rejection.of(
                        Refusal.RATE_LIMITED,
                        "Limit '" + rate.name() + "' " + RateFields.words(rate.limit()) + ". Try again in " + seconds
                                + " s.")
                .by(POLICY)
                .violating(new Violation(violated, seconds, rate.limit().told().documentation()))
                .with("Retry-After", Long.toString(seconds))
                .toResponse();
        RateFields.tell(response.headers(), all, verdict);
        return response;
    }
}
