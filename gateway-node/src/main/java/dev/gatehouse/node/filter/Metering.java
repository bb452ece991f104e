package dev.gatehouse.node.filter;

import dev.gatehouse.db.policy.Cost;
import dev.gatehouse.node.exchange.Body;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Response;
import dev.gatehouse.node.filter.RouteRates.Rate;
import dev.gatehouse.node.filter.RouteRates.Rates;
import dev.gatehouse.node.limit.Limiter;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Charges what a request costs where that is known only when it is over, beyond what it took before. */
final class Metering {

    private static final int DIGITS = 12;

    private final List<Rate> rates;
    private final Limiter limiter;
    private @Nullable MeteredBody sent;

    private Metering(List<Rate> rates, Limiter limiter) {
        this.rates = rates;
        this.limiter = limiter;
    }

    /** Null where all costs are known already. */
    static @Nullable Metering of(Rates rates, Exchange exchange, Limiter limiter) {
        boolean unknownLength = exchange.body().length() == Body.UNKNOWN;
        if (!anyLater(rates.enforced(), unknownLength) && !anyLater(rates.observed(), unknownLength)) {
            return null;
        }
        var later = Stream.concat(rates.enforced().stream(), rates.observed().stream())
                .filter(rate -> isLater(rate, unknownLength))
                .toList();
        var metering = new Metering(later, limiter);
        if (unknownLength) {
            metering.sent = new MeteredBody(exchange.body());
            exchange.body(metering.sent);
        }
        return metering;
    }

    /** Asked for each request, hence no stream. */
    private static boolean anyLater(List<Rate> rates, boolean unknownLength) {
        for (var rate : rates) {
            if (isLater(rate, unknownLength)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isLater(Rate rate, boolean unknownLength) {
        return switch (rate.limit().cost().by()) {
            case REQUEST -> false;
            case REQUEST_BYTES -> unknownLength;
            case RESPONSE_BYTES, RESPONSE_HEADER -> true;
        };
    }

    /** The same answer, charged when it has been sent. */
    Response of(Response response) {
        var received = rates.stream().anyMatch(rate -> rate.limit().cost().by() == Cost.By.RESPONSE_BYTES)
                ? new MeteredBody(response.body())
                : null;
        var metered = received == null ? response : response.with(received);
        return metered.whenClosed(() -> rates.forEach(rate -> {
            long cost = cost(rate.limit().cost(), response, received);
            if (cost > rate.demand().cost()) {
                limiter.charge(rate.demand(), cost - rate.demand().cost());
            }
        }));
    }

    private long cost(Cost cost, Response response, @Nullable MeteredBody received) {
        return switch (cost.by()) {
            case REQUEST -> cost.units();
            case REQUEST_BYTES -> sent == null ? 0 : sent.bytes();
            case RESPONSE_BYTES -> received == null ? 0 : received.bytes();
            case RESPONSE_HEADER ->
                response.headers().first(cost.header()).map(Metering::number).orElse(0L);
        };
    }

    /** Zero for what is no number. */
    private static long number(String text) {
        return text.length() <= DIGITS && !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9')
                ? Long.parseLong(text)
                : 0;
    }
}
