package dev.gatehouse.node.backend;

import dev.gatehouse.node.exchange.Exchange;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** What of gRPC over HTTP/2 a gateway has to know; the rest passes as it comes. */
final class Grpc {

    /** Digits and a unit, as the gRPC protocol has it. */
    private static final Pattern TIMEOUT = Pattern.compile("([0-9]{1,8})([HMSmun])");

    /** A service that ends a call at the caller's deadline may do so a little before it is over here. */
    private static final long EARLY = TimeUnit.MILLISECONDS.toNanos(10);

    private Grpc() {}

    /** Not gRPC-Web, which any version carries. */
    static boolean is(Exchange exchange) {
        var type = exchange.headers().first("Content-Type").orElse("");
        return type.equals("application/grpc")
                || type.startsWith("application/grpc+")
                || type.startsWith("application/grpc;");
    }

    /** The caller's deadline is one of the exchange, too. */
    static void limit(Exchange exchange) {
        timeout(exchange)
                .filter(timeout -> timeout.toNanos() < exchange.nanosLeft())
                .ifPresent(exchange::answerWithin);
    }

    /** For the whole call; empty where none is given. One that cannot be read is the service's business. */
    static Optional<Duration> timeout(Exchange exchange) {
        return exchange.headers()
                .first("grpc-timeout")
                .map(TIMEOUT::matcher)
                .filter(match -> match.matches())
                .map(match ->
                        timeout(Long.parseLong(match.group(1)), match.group(2).charAt(0)));
    }

    /** Is it over because the caller wanted it so? That says nothing of the service. */
    static boolean late(Exchange exchange) {
        return exchange.nanosLeft() <= EARLY
                && is(exchange)
                && timeout(exchange).isPresent();
    }

    private static Duration timeout(long value, char unit) {
        return switch (unit) {
            // 8 digits of hours are 11 000 years, and 292 years of nanoseconds a long
            case 'H' -> Duration.ofHours(Math.min(value, 1_000_000));
            case 'M' -> Duration.ofMinutes(value);
            case 'S' -> Duration.ofSeconds(value);
            case 'm' -> Duration.ofMillis(value);
            case 'u' -> Duration.ofNanos(value * 1000);
            default -> Duration.ofNanos(value);
        };
    }
}
