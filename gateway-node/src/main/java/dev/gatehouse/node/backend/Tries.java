package dev.gatehouse.node.backend;

import dev.gatehouse.db.model.RouteResilience;
import dev.gatehouse.db.resilience.Hedge;
import dev.gatehouse.db.resilience.Retry;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Response;
import dev.gatehouse.node.resilience.Backoff;
import dev.gatehouse.node.resilience.Budget;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * How often and when a service is asked again.
 *
 * @param timeout how long each try may take until its answer begins; zero: no bound of its own
 * @param budget what the service can take of it
 * @param alarms of those requests for which another target is asked beside the first
 */
record Tries(Retry retry, Hedge hedge, Duration timeout, Backoff backoff, Budget budget, Alarms alarms) {

    /** Longer ones are not worth being asked for. */
    private static final int LONGEST_DIGITS = 9;

    static Tries of(RouteResilience route, Budget budget) {
        return new Tries(
                route.retry(),
                route.hedge(),
                route.tryTimeout(),
                new Backoff(route.retry(), () -> ThreadLocalRandom.current().nextLong()),
                budget,
                route.hedge().requests() == 0
                        ? Alarms.NONE
                        : new Alarms(route.hedge().delay()));
    }

    /** Until when an answer to a try that begins now has to begin. */
    long due(long now) {
        return now + (timeout.isZero() ? UpstreamTimes.FAR : timeout.toNanos());
    }

    /** To connect, for that exchange. */
    Duration connect(UpstreamTimes times, Exchange exchange, long now) {
        var time = times.connect(exchange, now);
        return timeout.isZero() || time.compareTo(timeout) < 0 ? time : timeout;
    }

    boolean onBroken() {
        return retry.on().contains(Retry.On.BROKEN);
    }

    boolean onTimeout() {
        return retry.on().contains(Retry.On.TIMEOUT);
    }

    /** Is an answer with that status a reason to ask again? */
    boolean again(int status) {
        if (status < 400 || retry.on().isEmpty()) {
            return false;
        }
        for (var reason : retry.on()) {
            if (reason.status() == status) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether a request may be sent once more after so many times; where it may, that is counted.
     *
     * @param pause how long is waited before, in nanoseconds
     */
    boolean allow(Exchange exchange, int before, long pause) {
        return before < retry.attempts() && pause < exchange.nanosLeft() && budget.take();
    }

    /** How long to wait after an answer, in nanoseconds: what it asks for, if it does; very long when it asks for too much. */
    long pause(Response response, int before) {
        long drawn = backoff.before(before);
        var asked = response.headers().first("Retry-After");
        if (asked.isEmpty()) {
            return drawn;
        }
        long nanos = nanos(asked.get().strip(), Instant.now());
        return nanos > backoff.longest() ? Long.MAX_VALUE : Math.max(nanos, drawn);
    }

    /** RFC 9110, 10.2.3: seconds, or a date, which may be over; very long when it is neither. */
    static long nanos(String after, Instant now) {
        if (!after.isEmpty() && after.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return after.length() > LONGEST_DIGITS ? Long.MAX_VALUE : TimeUnit.SECONDS.toNanos(Long.parseLong(after));
        }
        try {
            var at = DateTimeFormatter.RFC_1123_DATE_TIME.parse(after, Instant::from);
            return TimeUnit.MILLISECONDS.toNanos(at.toEpochMilli() - now.toEpochMilli());
        } catch (DateTimeException e) {
            return Long.MAX_VALUE;
        }
    }
}
