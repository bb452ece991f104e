package dev.gatehouse.node.filter;

import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.db.policy.RateLimit;
import dev.gatehouse.db.settings.Spans;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Filter;
import dev.gatehouse.node.exchange.Handler;
import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.exchange.Rejection;
import dev.gatehouse.node.exchange.Response;
import dev.gatehouse.node.limit.Decision;
import dev.gatehouse.node.limit.Limiter;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.HexFormat;

/**
 * Admits at most so many requests in any span of the window's length. Every answer says how much is left
 * (draft-ietf-httpapi-ratelimit-headers: {@code RateLimit}, {@code RateLimit-Policy}).
 */
final class RateLimiting implements Filter {

    private static final int NETWORK_BYTES = 8;

    private final RateLimit limit;
    private final String name;
    private final Limiter limiter;

    RateLimiting(String route, RateLimit limit, Limiter limiter) {
        this.limit = limit;
        this.name = limit.nameOn(route);
        this.limiter = limiter;
    }

    @Override
    public Response filter(Exchange exchange, Handler next) {
        var decision = limiter.decide(name, subject(exchange), limit);
        return switch (decision) {
            case Decision.Admitted admitted -> {
                var response = next.handle(exchange);
                tell(response.headers(), admitted.left(), admitted.resetMillis());
                yield response;
            }
            case Decision.Refused refused -> {
                var rejection = Rejection.of(
                                Refusal.RATE_LIMITED,
                                "Limit '" + name + "' admits " + limit.requests() + " requests in "
                                        + Spans.write(limit.window()) + " per " + limit.per()
                                        + ". Try again in " + seconds(refused.waitMillis()) + " s.")
                        .by("rate-limit")
                        .with("Retry-After", seconds(refused.waitMillis()))
                        .toResponse();
                tell(rejection.headers(), 0, refused.waitMillis());
                yield rejection;
            }
            case Decision.Unknown _ ->
                Rejection.of(
                                Refusal.LIMITER_UNAVAILABLE,
                                "Limit '" + name + "' cannot be checked now, and admits nothing until it can.")
                        .by("rate-limit")
                        .with("Retry-After", "1")
                        .toResponse();
        };
    }

    private void tell(Headers headers, long left, long resetMillis) {
        headers.add(
                "RateLimit-Policy",
                "\"" + name + "\";q=" + limit.requests() + ";w="
                        + limit.window().toSeconds());
        headers.add("RateLimit", "\"" + name + "\";r=" + left + ";t=" + seconds(resetMillis));
    }

    /** Whole seconds, never too few. */
    private static String seconds(long millis) {
        return Long.toString(Math.ceilDiv(millis, 1_000L));
    }

    private String subject(Exchange exchange) {
        var caller = exchange.caller();
        return switch (limit.per()) {
            case ROUTE, GLOBAL -> "all";
            case GROUP -> "group:";
            case HEADER -> "header:" + exchange.headers().first(limit.perName()).orElse("");
            case CLAIM -> "claim:";
            case PARAMETER -> "parameter:" + exchange.parameters().get(limit.perName());
            case CONSUMER -> caller == null ? address(exchange.client().address()) : "consumer:" + caller.consumer();
            case KEY -> caller == null ? address(exchange.client().address()) : "key:" + caller.keyId();
            case CLIENT_TYPE -> "client-type:" + (exchange.clientType() == null ? "" : exchange.clientType());
            case ADDRESS -> address(exchange.client().address());
        };
    }

    /** An IPv6 customer holds at least a /64, so its addresses count as one. */
    private static String address(InetAddress address) {
        return address instanceof Inet6Address
                ? "net:" + HexFormat.of().formatHex(address.getAddress(), 0, NETWORK_BYTES)
                : "address:" + address.getHostAddress();
    }
}
