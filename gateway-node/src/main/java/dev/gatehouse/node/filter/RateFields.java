package dev.gatehouse.node.filter;

import dev.gatehouse.db.policy.ConcurrencyLimit;
import dev.gatehouse.db.policy.Cost;
import dev.gatehouse.db.policy.Quota;
import dev.gatehouse.db.policy.RateLimit;
import dev.gatehouse.db.settings.Spans;
import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.filter.RouteRates.Rate;
import dev.gatehouse.node.filter.RouteRates.Rates;
import dev.gatehouse.node.limit.Verdict;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What callers are told of their limits and quotas: draft-ietf-httpapi-ratelimit-headers-11, and on request the fields
 * that came before it, of all that ask for those the one with the least left.
 */
final class RateFields {

    private static final String POLICY = "RateLimit-Policy";
    private static final String LIMIT = "RateLimit";
    private static final String REMAINING = "X-RateLimit-Remaining";

    private static final Pattern COUNT = Pattern.compile("[0-9]{1,18}");

    private RateFields() {}

    /** {@code RateLimit-Policy} of all of them. */
    static String policies(List<Rate> rates) {
        var text = new StringBuilder();
        for (var rate : rates) {
            var limit = rate.limit();
            policy(text.isEmpty() ? text : text.append(", "), rate.name(), limit.requests(), limit.cost());
            text.append(";w=").append(seconds(limit.window().toMillis()));
            if (limit.burst() > 0) {
                text.append(";gatehouse-burst=").append(limit.burst());
            }
        }
        return text.toString();
    }

    static void tell(Headers headers, Rates rates, Verdict verdict) {
        var enforced = rates.enforced();
        var limits = new StringBuilder(32 * enforced.size());
        for (int i = 0; i < enforced.size(); i++) {
            if (verdict.says(i)) {
                limit(
                        limits.isEmpty() ? limits : limits.append(", "),
                        enforced.get(i).name(),
                        verdict.left(i),
                        seconds(verdict.reset(i)));
            }
        }
        headers.add(POLICY, rates.policies()).add(LIMIT, limits.toString());
        for (int i = 0; i < enforced.size(); i++) {
            if (verdict.says(i) && enforced.get(i).limit().told().legacyFields()) {
                legacy(headers, enforced.get(i).demand().counter().most(), verdict.left(i), seconds(verdict.reset(i)));
            }
        }
    }

    /** Of a quota. */
    static void tell(Headers headers, Quota quota, String name, long left, long resetMillis) {
        headers.add(
                        POLICY,
                        policy(new StringBuilder(), name, quota.amount(), quota.cost())
                                .toString())
                .add(
                        LIMIT,
                        limit(new StringBuilder(), name, left, seconds(resetMillis))
                                .toString());
        if (quota.told().legacyFields()) {
            legacy(headers, quota.amount(), left, seconds(resetMillis));
        }
    }

    /** Of requests at once, of which no more may begin now. */
    static void tell(Headers headers, ConcurrencyLimit limit, String name) {
        headers.add(POLICY, "\"" + name + "\";q=" + limit.requests() + ";qu=\"concurrent-requests\"")
                .add(LIMIT, limit(new StringBuilder(), name, 0, 1).toString());
    }

    private static StringBuilder policy(StringBuilder text, String name, long amount, Cost cost) {
        text.append('"').append(name).append("\";q=").append(amount);
        return cost.bytes() ? text.append(";qu=\"content-bytes\"") : text;
    }

    private static StringBuilder limit(StringBuilder text, String name, long left, long resetSeconds) {
        return text.append('"')
                .append(name)
                .append("\";r=")
                .append(left)
                .append(";t=")
                .append(resetSeconds);
    }

    private static void legacy(Headers headers, long most, long left, long resetSeconds) {
        if (headers.first(REMAINING).filter(told -> fewer(told, left)).isEmpty()) {
            headers.set("X-RateLimit-Limit", Long.toString(most))
                    .set(REMAINING, Long.toString(left))
                    .set("X-RateLimit-Reset", Long.toString(resetSeconds));
        }
    }

    /** What a service says of limits of its own may be anything. */
    private static boolean fewer(String told, long left) {
        return COUNT.matcher(told).matches() && Long.parseLong(told) <= left;
    }

    /** Such as {@code admits 60 requests in 1m per consumer}. */
    static String words(RateLimit limit) {
        return "admits " + limit.requests() + " " + limit.cost().unit() + " in " + Spans.write(limit.window()) + " per "
                + limit.per() + (limit.burst() > 0 ? ", " + limit.burst() + " at once" : "");
    }

    /** Whole seconds, never too few. */
    static long seconds(long millis) {
        return Math.ceilDiv(millis, 1_000L);
    }
}
