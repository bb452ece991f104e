package dev.gatehouse.node.filter;

import dev.gatehouse.db.policy.Cost;
import dev.gatehouse.db.policy.RateLimit;
import dev.gatehouse.db.settings.Spans;
import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.filter.RouteRates.Rate;
import dev.gatehouse.node.filter.RouteRates.Rates;
import dev.gatehouse.node.limit.Verdict;
import java.util.List;

/**
 * What callers are told of their limits: draft-ietf-httpapi-ratelimit-headers-11, and on request the fields that came
 * before it.
 */
final class RateFields {

    private RateFields() {}

    /** {@code RateLimit-Policy}. */
    static String policies(List<Rate> rates) {
        var text = new StringBuilder();
        for (var rate : rates) {
            policy(text.isEmpty() ? text : text.append(", "), rate);
        }
        return text.toString();
    }

    static void tell(Headers headers, Rates rates, Verdict verdict) {
        var enforced = rates.enforced();
        var limits = new StringBuilder(32 * enforced.size());
        int tightest = -1;
        for (int i = 0; i < enforced.size(); i++) {
            var rate = enforced.get(i);
            (i == 0 ? limits : limits.append(", "))
                    .append('"')
                    .append(rate.name())
                    .append("\";r=")
                    .append(verdict.left(i))
                    .append(";t=")
                    .append(seconds(verdict.reset(i)));
            if (rate.limit().told().legacyFields() && (tightest < 0 || verdict.left(i) < verdict.left(tightest))) {
                tightest = i;
            }
        }
        headers.add("RateLimit-Policy", rates.policies());
        headers.add("RateLimit", limits.toString());
        if (tightest >= 0) {
            headers.add(
                            "X-RateLimit-Limit",
                            Long.toString(
                                    enforced.get(tightest).demand().counter().most()))
                    .add("X-RateLimit-Remaining", Long.toString(verdict.left(tightest)))
                    .add("X-RateLimit-Reset", Long.toString(seconds(verdict.reset(tightest))));
        }
    }

    private static void policy(StringBuilder text, Rate rate) {
        var limit = rate.limit();
        text.append('"').append(rate.name()).append("\";q=").append(limit.requests());
        if (bytes(limit)) {
            text.append(";qu=\"content-bytes\"");
        }
        text.append(";w=").append(seconds(limit.window().toMillis()));
        if (limit.burst() > 0) {
            text.append(";gatehouse-burst=").append(limit.burst());
        }
    }

    private static boolean bytes(RateLimit limit) {
        return limit.cost().by() == Cost.By.REQUEST_BYTES || limit.cost().by() == Cost.By.RESPONSE_BYTES;
    }

    /** Such as {@code admits 60 requests in 1m per consumer}. */
    static String words(RateLimit limit) {
        var unit = bytes(limit) ? " bytes" : limit.cost().equals(Cost.ONE) ? " requests" : " units";
        return "admits " + limit.requests() + unit + " in " + Spans.write(limit.window()) + " per " + limit.per()
                + (limit.burst() > 0 ? ", " + limit.burst() + " at once" : "");
    }

    /** Whole seconds, never too few. */
    static long seconds(long millis) {
        return Math.ceilDiv(millis, 1_000L);
    }
}
