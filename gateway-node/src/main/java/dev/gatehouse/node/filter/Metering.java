package dev.gatehouse.node.filter;

import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.db.policy.Cost;
import dev.gatehouse.node.exchange.Body;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Rejection;
import dev.gatehouse.node.exchange.Response;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Charges what a request costs where that is known only when it is over, beyond what it took before. */
final class Metering {

    private static final int DIGITS = 12;

    private final List<Due> dues;
    private final @Nullable MeteredBody sent;

    private Metering(List<Due> dues, @Nullable MeteredBody sent) {
        this.dues = dues;
        this.sent = sent;
    }

    /**
     * What has to be charged.
     *
     * @param taken before
     * @param charge takes what it cost beyond that
     */
    record Due(Cost cost, long taken, LongConsumer charge) {}

    /** Units that it takes before it goes on. */
    static long before(Cost cost, long units, Exchange exchange) {
        return cost.by() == Cost.By.REQUEST_BYTES
                ? Math.max(units, exchange.body().length())
                : units;
    }

    /** Is there more to be charged when the request is over? */
    static boolean isLater(Cost cost, Exchange exchange) {
        return switch (cost.by()) {
            case REQUEST -> false;
            case REQUEST_BYTES -> exchange.body().length() == Body.UNKNOWN;
            case RESPONSE_BYTES, RESPONSE_HEADER -> true;
        };
    }

    /**
     * More than there ever is: no waiting helps.
     *
     * @param admits such as {@code Limit 'up' admits 1000 bytes in 1m per consumer}
     */
    static Response tooMuch(String policy, String admits, long cost) {
        return Rejection.of(Refusal.BODY_TOO_LARGE, admits + ", and this takes " + cost + ".")
                .by(policy)
                .toResponse();
    }

    /** Of a request that has not gone on yet. */
    static Metering of(List<Due> dues, Exchange exchange) {
        if (dues.stream().noneMatch(due -> due.cost.by() == Cost.By.REQUEST_BYTES)) {
            return new Metering(dues, null);
        }
        var sent = new MeteredBody(exchange.body());
        exchange.body(sent.body());
        return new Metering(dues, sent);
    }

    /** The same answer, charged when it has been sent. */
    Response of(Response response) {
        var received = dues.stream().anyMatch(due -> due.cost.by() == Cost.By.RESPONSE_BYTES)
                ? new MeteredBody(response.body())
                : null;
        var metered = received == null ? response : response.with(received.body());
        return metered.whenClosed(() -> dues.forEach(due -> {
            long cost = cost(due.cost, response, received);
            if (cost > due.taken) {
                due.charge.accept(cost - due.taken);
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
